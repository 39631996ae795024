"""Objects whose slots a kernel gives their defaults are those of an ``__init__`` in Python."""

from __future__ import annotations

import copy
import gc
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from itertools import count
from sys import getrefcount
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

pytestmark = pytest.mark.skipif(kernel("defaults") is None, reason="the kernels are not in use")

_numbers = count()
_made = frozenset[int]()


@dataclass(slots=True)
class Some:
    """Of every kind of field; says what was looked at."""

    text: str = ""
    number: int = 10
    any: Any = None
    never: Any = _made
    made: int = field(default_factory=lambda: next(_numbers), compare=False)
    computed: str = field(init=False, default="sure")

    def __post_init__(self) -> None:
        if len(self.text) > 3:
            raise ValueError(self.text)
        if not 1 <= self.number <= 20:
            raise ValueError(self.number)
        if self.never is not _made:
            self.computed = f"{self.never}"


NAMES = tuple([one.name for one in fields(Some)])
DEFAULTS = ("", 10, None, _made, lambda: next(_numbers), "sure")
ANEW = (False, False, False, False, True, False)
SURE = (range(4), range(1, 21), None, False, range(1000))
_in_python = Some.__init__


def _init(  # noqa: PLR0917 - what a class is told by
    kind: Any = Some,
    names: Any = NAMES,
    defaults: Any = DEFAULTS,
    anew: Any = ANEW,
    sure: Any = SURE,
    witness: Any = lambda: _in_python,
) -> Any:
    return kernel("defaults").Init(kind, names, defaults, anew, sure, witness)


class _Compiled:
    """Calls the class as if the kernel stood in it."""

    def __init__(self, init: Any, kind: Any = Some) -> None:
        self.init = init
        self.kind = kind

    def __call__(self, *args: Any, **given: Any) -> Any:
        one = object.__new__(self.kind)
        assert self.init.__get__(one, self.kind)(*args, **given) is None
        return one


def _told(act: Any) -> object:
    """What a call makes, or the type and text of what it raises."""
    try:
        return act()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return type(error), str(error)


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(("", "abc", "abcd", b"abc", [], _made, None, True, 1.5, 10)),
    st.integers(-2, 22),
    st.sampled_from((2**62, 2**63, 2**64, -(2**70))),
    st.text(max_size=5),
)


@given(
    st.lists(VALUES, max_size=7),
    st.dictionaries(st.sampled_from((*NAMES, "other")), VALUES, max_size=4),
)
def test_an_object_is_as_the_class_makes_it(args: list[Any], given: dict[str, Any]) -> None:
    theirs = _told(lambda: Some(*args, **given))
    ours = _told(lambda: _Compiled(_init())(*args, **given))
    assert ours == theirs
    if isinstance(ours, Some) and isinstance(theirs, Some):
        assert type(ours.number) is type(theirs.number)
        if len(args) < 5 and "made" not in given:
            assert ours.made == theirs.made + 1
        assert pickle.loads(pickle.dumps(ours)) == copy.copy(ours) == theirs


class _Counted:
    __slots__ = ("looked", "one")

    def __post_init__(self) -> None:
        self.looked: Any = "looked"


def test_nobody_looks_at_what_is_sure() -> None:
    sure = range(-5, 4)
    init = _init(_Counted, ("one", "looked"), (7, None), (False,) * 2, (sure,))
    make = _Compiled(init, _Counted)
    for fits in (*sure, 7):
        assert make(fits).looked is None
    for odd in (-6, 4, True, "a", 1.0, 2**63, None):
        assert make(odd).looked == make(one=odd).looked == "looked"
    make = _Compiled(
        _init(_Counted, ("one", "looked"), ("", None), (False,) * 2, (sure,)), _Counted
    )
    assert make("abc").looked is None
    for no_text in (2, b"abc", ["a"], type("Str", (str,), {})("a")):
        assert make(no_text).looked == "looked"


def test_what_looks_may_refuse_and_so_may_what_makes() -> None:
    with pytest.raises(ValueError, match="abcd"):
        _Compiled(_init())("abcd")
    failing = (*DEFAULTS[:4], lambda: 1 // 0, "sure")
    with pytest.raises(ZeroDivisionError):
        _Compiled(_init(defaults=failing))()
    _Compiled(_init(defaults=failing))(made=3)


def test_what_was_filled_before_is_filled_anew_as_the_witness_does() -> None:
    held = object()
    before = getrefcount(held)
    init = _init()
    one = _Compiled(init)("a", any=held)
    init.__get__(one, Some)(any=[held])
    assert (one.text, one.any) == ("", [held])
    one.any = None
    init.__get__(one, Some)()
    del one.number
    init.__get__(one, Some)("b")
    assert (one.text, one.number) == ("b", 10)
    assert getrefcount(held) == before


def test_what_is_filled_while_a_default_is_made_is_left_to_the_witness() -> None:
    one: Any = object.__new__(Some)

    def meanwhile() -> int:
        one.__init__(text="c", made=1)
        return 2

    init = _init(defaults=(*DEFAULTS[:4], meanwhile, "sure"))
    init.__get__(one, Some)()
    assert (one.text, one.number, one.made == 1) == ("", 10, False)


def test_other_objects_are_left_to_the_witness() -> None:
    class Derived(Some):
        __slots__ = ("more",)

    init = _init()
    one = object.__new__(Derived)
    init.__get__(one, Derived)("a", number=3)
    assert (one.text, one.number, one.computed) == ("a", 3, "sure")
    for other in (5, object()):
        with pytest.raises(AttributeError):
            init.__get__(other, Some)()
    assert init.__get__(None, Some) is _in_python


def test_a_method_that_no_init_made_is_refused() -> None:
    bound: Any = type(_init().__get__(Some(), Some))
    for empty in (bound(), bound.__new__(bound)):
        with pytest.raises(TypeError, match="nobody"):
            empty("a", number=1)


def test_what_is_made_is_seen_by_who_collects_garbage_and_let_go() -> None:
    held = object()
    before = getrefcount(held)
    init = _init(defaults=("", 10, held, _made, list, "sure"))
    made = [_Compiled(init)() for _ in range(5)]
    assert getrefcount(held) == before + 6
    assert all(gc.is_tracked(one) for one in made)
    made[0].any = made[0]
    del made, init
    gc.collect()
    assert getrefcount(held) == before


def test_a_class_whose_init_it_is_is_let_go() -> None:
    class Own:
        __slots__ = ("first", "me")

    init: Any = _init(Own, ("first", "me"), (Own, 2), (False,) * 2, (None,), lambda: None)
    Own.__init__ = init  # type: ignore[method-assign]
    assert Own().first is Own  # type: ignore[attr-defined]
    before = sum(type(one) is type(init) for one in gc.get_objects())
    del Own, init
    gc.collect()
    assert sum(type(one) is type(_init()) for one in gc.get_objects()) < before


def test_threads_share_it() -> None:
    make = _Compiled(_init())
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda at: make("a", any=at), range(2000)))
    assert [one.any for one in made] == list(range(2000))
    assert len({one.made for one in made}) == 2000


def test_it_may_stand_in_the_class() -> None:
    @dataclass(slots=True)
    class Own:
        first: int = 1
        second: int = 2

    function = Own.__init__
    Own.__init__ = _init(  # type: ignore[method-assign]
        Own, ("first", "second"), (1, 2), (False,) * 2, (None, None), lambda: function
    )
    assert Own(second=5) == replace(Own(), second=5) == Own(1, 5)
    with pytest.raises(TypeError, match="third"):
        Own(third=1)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "odd",
    [
        *({"kind": None}, {"kind": int}, {"kind": "Some"}, {"names": list(NAMES)}),
        *({"names": NAMES[:-1]}, {"names": (*NAMES[:-1], "text")}, {"names": (*NAMES[:-1], 5)}),
        *({"defaults": None}, {"anew": list(ANEW)}, {"sure": None}, {"witness": None}),
        *({"sure": ("any",)}, {"sure": (True,)}, {"sure": (3,)}),
    ],
    ids=str,
)
def test_what_is_no_class_of_slots_or_of_another_type_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        _init(**odd)


@pytest.mark.parametrize(
    "odd",
    [
        *({"defaults": DEFAULTS[:3]}, {"defaults": ()}, {"anew": (*ANEW, True)}),
        *({"sure": (None,) * 7}, {"sure": (range(0, 9, 2),)}),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"field|sure"):
        _init(**odd)
    with pytest.raises(OverflowError):
        _init(sure=(range(2**70),))
