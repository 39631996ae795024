"""What is kept within a bound."""

from __future__ import annotations

from search.local.reading.cache import Cache


def test_what_is_beyond_the_room_goes_the_oldest_first() -> None:
    cache: Cache[int, str] = Cache(80)
    for number in range(7):
        cache.put(number, str(number), 10)
    assert cache.get(0) == "0"
    for number in (7, 8):
        cache.put(number, str(number), 10)
    assert [cache.get(number) is not None for number in range(9)] == [True, False, *[True] * 7]
    cache.put(9, "9", 81)
    assert all(cache.get(number) is None for number in range(10))


def test_a_key_is_kept_as_it_was_first_put() -> None:
    cache: Cache[str, str] = Cache(10)
    cache.put("a", "first", 6)
    cache.put("a", "second", 6)
    assert cache.get("a") == "first"
