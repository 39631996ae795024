"""A frozen class of data behaves as the standard library's of the same declaration."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import KW_ONLY, FrozenInstanceError, field
from typing import Any, ClassVar, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import light_dataclass
from index.kernels import kernel
from index.light_dataclass import dataclass, few_given

T = TypeVar("T")


def both(declared: type, **how: Any) -> tuple[Any, Any]:
    """The class made by ours and by the standard library."""
    made: list[Any] = []
    for decorator in (dataclass, dataclasses.dataclass):
        body = {k: v for k, v in vars(declared).items() if k not in ("__dict__", "__weakref__")}
        made.append(decorator(frozen=True, **how)(type(declared.__name__, (), body)))
    return made[0], made[1]


def told(act: Any) -> object:
    """What a call returns, or the type and text of what it raises."""
    try:
        return act()
    except (TypeError, AttributeError) as error:  # FrozenInstanceError is an AttributeError
        return type(error), str(error).replace("Of.__init__", "__init__")


class Of:
    """Declared in every way that is used."""

    word: str
    _: KW_ONLY
    number: float = 1.0
    facets: Mapping[str, int] = field(default_factory=dict, hash=False)
    unseen: str = field(default="", repr=False)
    typed: str = field(default="", compare=False)
    long: bool = field(default=False, init=False)
    known: ClassVar[int] = 3

    def __post_init__(self) -> None:
        object.__setattr__(self, "long", len(self.word) > 3)


ARGUMENTS = st.fixed_dictionaries(
    {"word": st.sampled_from(("a", "abcd"))},
    optional={
        "number": st.sampled_from((1.0, 2, float("nan"))),
        "facets": st.sampled_from(({}, {"a": 1})),
        "unseen": st.sampled_from(("", "u")),
        "typed": st.sampled_from(("", "t")),
        "long": st.just(True),
        "other": st.just(1),
    },
)


@pytest.mark.parametrize("slots", [True, False])
@given(ARGUMENTS, ARGUMENTS)
def test_it_is_made_compared_hashed_and_told_as_the_twin_is(
    slots: bool, one: dict[str, Any], two: dict[str, Any]
) -> None:
    ours, theirs = both(Of, slots=slots)
    for asked in (
        lambda kind: repr(kind(**one)),
        lambda kind: kind(**one) == kind(**two),
        lambda kind: kind(**one) != kind(**two),
        lambda kind: hash(kind(**one)) == hash(kind(**two)),
        lambda kind: dataclasses.asdict(kind(**one)),
        lambda kind: dataclasses.asdict(dataclasses.replace(kind(**one), word="new")),
        lambda kind: kind("a", "b"),
        lambda kind: setattr(kind(**one), "word", "b"),
        lambda kind: delattr(kind(**one), "word"),
        lambda kind: kind(**one) == one,
        lambda kind: [f.name for f in dataclasses.fields(kind)],
        lambda kind: (kind.__match_args__, kind.__doc__, hasattr(kind, "__slots__"), kind.known),
    ):
        assert told(lambda: asked(ours)) == told(lambda: asked(theirs))  # noqa: B023
    assert hash(ours("a")) == hash(theirs("a"))


@dataclass(frozen=True, slots=True)
class Base(Generic[T]):
    first: T


@dataclass(frozen=True, slots=True)
class Further(Base[int]):
    second: str = "two"


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    first: int


@dataclass(frozen=True, slots=True)
class ByNumber:
    first: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByNumber) and self.first % 2 == other.first % 2

    def __hash__(self) -> int:
        return self.first % 2

    def __repr__(self) -> str:
        return "own"


@dataclass(frozen=True)
class Nothing:
    pass


def test_one_comes_from_another_and_through_pickle() -> None:
    one = Further(1)
    assert (one.first, one.second, repr(one)) == (1, "two", "Further(first=1, second='two')")
    assert pickle.loads(pickle.dumps(one)) == one == Further(1, "two")
    assert one != Base(1)
    with pytest.raises(FrozenInstanceError):
        one.first = 2  # type: ignore[misc]
    with pytest.raises((FrozenInstanceError, AttributeError)):
        one.third = 2  # type: ignore[attr-defined]


def test_what_a_class_defines_itself_stays() -> None:
    assert ByNumber(1) == ByNumber(3)
    assert hash(ByNumber(3)) == 1
    assert repr(ByNumber(3)) == "own"
    assert Same(1) != Same(1)
    assert hash(Same(1)) != hash(Same(2))
    assert (Nothing(), repr(Nothing())) == (Nothing(), "Nothing()")
    assert hash(Nothing()) == hash(())


def test_the_first_objects_may_be_made_by_several_threads() -> None:
    for _ in range(50):
        kind = both(Of, slots=True)[0]
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(lambda at, k=kind: k(word=str(at)).word, range(8))) == set(
                "01234567"
            )


@pytest.mark.parametrize("slots", [True, False])
@pytest.mark.parametrize("eq", [True, False])
@given(ARGUMENTS, ARGUMENTS)
def test_what_can_change_is_as_the_twin_is(
    slots: bool, eq: bool, one: dict[str, Any], two: dict[str, Any]
) -> None:
    made: list[Any] = []
    for decorator in (dataclass, dataclasses.dataclass):
        body = {k: v for k, v in vars(Of).items() if k not in ("__dict__", "__weakref__")}
        del body["__post_init__"]
        made.append(decorator(slots=slots, eq=eq)(type("Of", (), body)))

    def changed(kind: Any, **how: Any) -> Any:
        found = kind(**one)
        for name, value in how.items():
            setattr(found, name, value)
        return repr(found)

    for asked in (
        lambda kind: repr(kind(**one)),
        lambda kind: changed(kind, word="b", number=3),
        lambda kind: kind(**one) == kind(**two),
        lambda kind: (kind.__hash__ is None, kind.__hash__ is object.__hash__),
        lambda kind: kind(**one).facets is kind(**one).facets,
        lambda kind: repr(copy.deepcopy(kind(**one))),
        lambda kind: dataclasses.asdict(dataclasses.replace(kind(**one), word="new")),
        lambda kind: setattr(kind(**one), "unknown", 1),
        lambda kind: (kind.__match_args__, list(inspect.signature(kind).parameters)),
    ):
        assert told(lambda: asked(made[0])) == told(lambda: asked(made[1]))  # noqa: B023


def test_what_is_unlike_others_is_made_by_the_standard_library() -> None:
    @dataclass(slots=True, order=True)
    class Counter:
        count: int = 0

    one = Counter()
    one.count += 1
    assert one == Counter(1) > Counter()
    with pytest.raises(TypeError, match="order"):
        dataclass(frozen=True, order=True)(Base)


@dataclass(slots=True)
class Changing:
    count: int = 0


def test_what_can_change_goes_through_pickle() -> None:
    one = Changing()
    one.count += 1
    assert pickle.loads(pickle.dumps(one)) == one != Changing()


def derived(decorator: Any, *, slots: bool) -> Any:
    """A class of three that come from one another: what is declared in one, another has changed."""

    @decorator(frozen=True, slots=slots)
    class First:
        word: str
        number: int = 1
        facets: Mapping[str, int] = field(default_factory=dict)
        known: ClassVar[int] = 3

    @decorator(frozen=True, slots=slots)
    class Second(First):
        number = 2
        other: str = field(default="o", repr=False)

    @decorator(frozen=True, slots=slots)
    class Third(Second):
        other: str = "p"

    return Third


def ordinary(decorator: Any, *, slots: bool) -> Any:
    """The same of ordinary fields only, the first among them of a class of no data."""

    class Before:
        __slots__ = ("before",)

    @decorator(frozen=True, slots=slots)
    class First(Before):
        word: str
        facets: Mapping[str, int] = field(default_factory=dict)
        number: int = field(default=1, compare=False)

    @decorator(frozen=True, slots=slots)
    class Second(First):
        number = 2
        before: str = "b"

    return Second


@pytest.mark.parametrize("slots", [True, False])
@pytest.mark.parametrize("declare", [derived, ordinary])
def test_what_bases_declare_is_kept_as_the_twins_keep_it(declare: Any, slots: bool) -> None:
    ours = declare(dataclass, slots=slots)
    theirs = declare(dataclasses.dataclass, slots=slots)
    asked = ("name", "type", "default", "init", "repr", "hash", "compare", "kw_only")
    for ask in (
        lambda kind: repr(kind("a")),
        lambda kind: [[getattr(f, a) for a in asked] for f in dataclasses.fields(kind)],
        lambda kind: [vars(one).get("__slots__") for one in kind.__mro__[:-1]],
        lambda kind: [getattr(kind("a"), f.name) for f in dataclasses.fields(kind)],
        lambda kind: (kind.__match_args__, kind.__qualname__, kind.__module__),
        lambda kind: [hasattr(kind, name) for name in ("known", "facets", "word", "__dict__")],
        lambda kind: [getattr(kind, name, 0) for name in ("known", "number", "other") if not slots],
        lambda kind: hash(dataclasses.replace(kind("a", facets=1), word="b")),
    ):
        assert told(lambda: ask(ours)) == told(lambda: ask(theirs))  # noqa: B023


def test_what_is_declared_wrongly_is_refused_as_the_twin_is() -> None:
    class Shared:
        some: list[int] = []  # noqa: RUF012

    class Untold:
        some = field(default=1)

    class Slotted:
        __slots__ = ("some",)
        some: int

    for declared in (Shared, Untold, Slotted):
        for decorator in (dataclass, dataclasses.dataclass):
            with pytest.raises((TypeError, ValueError)):
                decorator(frozen=True, slots=True)(declared)


class Few:
    """Declared so that few of its fields need be given."""

    text: str = ""
    number: int = 1
    facets: Mapping[str, int] = field(default_factory=dict, hash=False)
    unseen: str = field(default="", repr=False, compare=False)
    words: tuple[str, ...] = field(default_factory=tuple)
    long: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        if len(self.text) > 4:
            raise ValueError(self.text)
        if self.number > 2:
            object.__setattr__(self, "long", True)


FEW = {"text": range(5), "number": range(3), "unseen": None}
SOME: Any = st.one_of(
    st.lists(st.sampled_from(("", "abcd", "abcde", 3)), max_size=6),
    st.fixed_dictionaries(
        {},
        optional={
            "text": st.sampled_from(("", "abcd", "abcde", 5, [])),
            "number": st.sampled_from((0, 1, 2, 3, True, 1.5, 2**70, "a")),
            "facets": st.sampled_from(({}, {"a": 1})),
            "unseen": st.sampled_from(("", "u", 1)),
            "words": st.sampled_from(((), ("a",))),
            "long": st.just(True),
            "other": st.just(1),
        },
    ),
)


@pytest.mark.parametrize("compiled", [None, kernel("defaults")], ids=["off", "on"])
@given(SOME, SOME)
def test_objects_of_which_little_is_given_are_as_the_twins(
    compiled: Any, one: Any, two: Any
) -> None:
    ours, theirs = both(Few, slots=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(light_dataclass, "kernel", lambda _: compiled)
        ours = few_given(FEW, anew=["facets"])(ours)
        ours()

    def make(kind: Any, given: Any) -> Any:
        return kind(**given) if isinstance(given, dict) else kind(*given)

    def replaced(one: Any) -> Any:
        return dataclasses.replace(one, number=7)

    for asked in (
        lambda kind: repr(make(kind, one)),
        lambda kind: [getattr(make(kind, one), name.name) for name in dataclasses.fields(kind)],
        lambda kind: make(kind, one) == make(kind, two),
        lambda kind: hash(make(kind, one)) == hash(make(kind, two)),
        lambda kind: dataclasses.asdict(replaced(make(kind, one))),
        lambda kind: copy.copy(make(kind, one)) == make(kind, one),
        lambda kind: replaced(make(kind, one)).long,
        lambda kind: setattr(make(kind, one), "text", "b"),
        lambda kind: delattr(make(kind, one), "text"),
        lambda kind: make(kind, one).facets is make(kind, one).facets,
        lambda kind: (kind.__match_args__, list(inspect.signature(kind).parameters)),
    ):
        assert _told(lambda: asked(ours)) == _told(lambda: asked(theirs))  # noqa: B023


def _told(act: Any) -> object:
    try:
        return told(act)
    except ValueError as error:
        return type(error), str(error)


def test_fields_that_do_not_go_with_few_are_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        first: int = field(default=1, init=False)
        second: int = 2

    class Plain:
        pass

    for kind, sure, anew in (
        (Base, {}, ()),  # a field without a default
        (Late, {}, ()),  # what is computed comes first
        (both(Of, slots=True)[0], {}, ()),  # by name alone
        (both(Few, slots=True)[0], {"other": None}, ()),
        (both(Few, slots=True)[0], {}, ["other"]),
        (both(Few, slots=True)[0], {}, ["text"]),
        (Plain, {}, ()),
    ):
        with pytest.raises(TypeError):
            few_given(sure, anew)(kind)
