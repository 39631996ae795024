"""``dataclass`` as the standard library has it, but classes are made ten times faster.

A command that answers one question makes some 200 classes of data, and the standard library
compiles six functions for each: a quarter of the time of such a command. Here these functions are
closures over the names of the fields; ``__init__`` alone is compiled, when the first object is
made. Types, fields, ``replace``, ``fields`` and ``match`` are those of the standard library, which
makes what is ordered, by name alone or unlike others otherwise. Where few fields of many are given,
a kernel may make the objects (``few_given``).
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache, cached_property
from operator import attrgetter
from reprlib import recursive_repr
from types import FunctionType, MemberDescriptorType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from index.kernels import kernel

_Kind = TypeVar("_Kind")
Values = Callable[[Any], tuple[Any, ...]]


def _dataclass(
    plain: type | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    **more: Any,
) -> Any:
    """The decorator of a class; ``more``: what the standard library knows, for what can change."""
    if more and frozen:
        raise TypeError(f"no frozen class is made with {', '.join(more)}")
    if more:
        return dataclasses.dataclass(plain, slots=slots, eq=eq, **more)

    def made(plain: type) -> Any:
        # Without one, the standard library would look for the signature of ``__init__``.
        plain.__doc__ = plain.__doc__ or plain.__qualname__
        own = dict(plain.__dict__)
        fields = _declared(plain, own)
        if fields is None:
            cls = _standard(plain, slots=slots)
            functions = _Functions(cls.__dataclass_fields__, own, frozen=frozen)
            functions.set_on(cls, functions.made(plain, eq=eq, slots=slots))
            return cls
        functions = _Functions(fields, own, frozen=frozen)
        added = functions.made(plain, eq=eq, slots=slots)
        added["__dataclass_fields__"] = fields
        added.update(_of_all(slots=slots))
        if "__match_args__" not in own:
            by_place = [one.name for one in fields.values() if one.init and not one.kw_only]
            added["__match_args__"] = tuple(by_place)
        if slots:
            functions.cls = _with_slots(plain, fields, own | added)
            return functions.cls
        for name in own.get("__annotations__", ()):
            if fields[name].default is not MISSING:
                added[name] = fields[name].default
            elif name in own:
                delattr(plain, name)
        functions.set_on(plain, added)
        return plain

    return made if plain is None else made(plain)


class _Functions:
    """The functions of a class of data, made before it.

    ``own``: what the class defines. ``cls``: it itself, when it is there.
    """

    def __init__(
        self, fields: Mapping[str, Field[Any]], own: dict[str, Any], *, frozen: bool
    ) -> None:
        self.cls: Any = None
        self._frozen = frozen
        self._fields = tuple([one for one in fields.values() if one._field_type is _FIELD])  # type: ignore[attr-defined]  # noqa: SLF001
        self._own = own

    def made(self, plain: type, *, eq: bool, slots: bool) -> dict[str, Any]:
        """Those that the class does not define itself, by name."""
        fields, own = self._fields, self._own
        names = [one.name for one in fields]
        named: dict[str, Any] = {"__init__": _Init(self, self._init)}
        named["__repr__"] = _repr([one.name for one in fields if one.repr])
        if eq:
            named["__eq__"] = _eq(_values([one.name for one in fields if one.compare]))
            if own.get("__hash__") is None:
                hashed = [one for one in fields if (one.compare if one.hash is None else one.hash)]
                own.pop("__hash__", None)
                of = _values([one.name for one in hashed])
                named["__hash__"] = _hash(of) if self._frozen else None
        if self._frozen:
            named["__setattr__"], named["__delattr__"] = _refusing(self, frozenset(names))
        if self._frozen and slots:
            named["__getstate__"], named["__setstate__"] = _pickling(names)
        added = {name: function for name, function in named.items() if name not in own}
        for name, function in added.items():
            if isinstance(function, FunctionType):
                function.__name__ = name
                function.__qualname__ = f"{plain.__qualname__}.{name}"
        return added

    def _init(self) -> Any:
        return _init(self.cls, self._fields, frozen=self._frozen)

    def set_on(self, cls: Any, added: Mapping[str, Any]) -> None:
        """Give them to the class."""
        self.cls = cls
        for name, value in added.items():
            setattr(cls, name, value)


def _standard(plain: type, *, slots: bool) -> Any:
    """The class with its fields as the standard library makes it, and no function."""
    return dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(plain)


@dataclasses.dataclass(init=False, repr=False, eq=False)
class _Ordinary:
    """A class of data with a field as most are."""

    field: int


_FIELD = dataclasses.fields(_Ordinary)[0]._field_type  # type: ignore[attr-defined]  # noqa: SLF001
"""What the standard library notes of an ordinary field."""

_MARKS = re.compile("ClassVar|InitVar|KW_ONLY")
"""What stands in annotations that make no ordinary field."""


def _declared(plain: type, own: Mapping[str, Any]) -> dict[str, Field[Any]] | None:
    """The fields of a class by name, those of its bases first.

    None where the standard library is to find them: where some are not ordinary, or are wrong.
    """
    found: dict[str, Field[Any]] = {}
    for base in plain.__mro__[-1:0:-1]:
        found |= getattr(base, "__dataclass_fields__", {})
    if any(one._field_type is not _FIELD for one in found.values()):  # type: ignore[attr-defined]  # noqa: SLF001
        return None
    annotations = own.get("__annotations__", {})
    for name, annotation in annotations.items():
        if not isinstance(annotation, str) or _MARKS.search(annotation):
            return None
        default = getattr(plain, name, MISSING)
        if isinstance(default, MemberDescriptorType):
            default = MISSING
        one: Any = default if isinstance(default, Field) else dataclasses.field(default=default)
        if one.default.__class__.__hash__ is None:
            return None
        one.name, one.type, one._field_type = name, annotation, _FIELD  # noqa: SLF001
        if one.kw_only is MISSING:
            one.kw_only = False
        found[name] = one
    for name, value in own.items():
        if isinstance(value, Field) and name not in annotations:
            return None
    return found


@cache
def _of_all(*, slots: bool) -> dict[str, Any]:
    """What is the same of all classes of data; ``__replace__`` since Python 3.13."""
    names = ("__dataclass_params__", "__replace__")
    found = vars(_standard(type("Empty", (), {"__doc__": "Empty"}), slots=slots))
    return {name: found[name] for name in names if name in found}


def _with_slots(plain: type, fields: dict[str, Field[Any]], body: dict[str, Any]) -> Any:
    """The class once more, with slots for its own fields."""
    if "__slots__" in body:
        raise TypeError(f"{plain.__name__} already specifies __slots__")
    inherited: set[str] = set()
    for base in plain.__mro__[1:-1]:
        slots = vars(base).get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    body["__slots__"] = tuple([name for name in fields if name not in inherited])
    for name in (*fields, "__dict__", "__weakref__"):
        body.pop(name, None)
    made = type(plain)(plain.__name__, plain.__bases__, body)
    made.__qualname__ = plain.__qualname__
    return made


class _Init:
    """Stands for the ``__init__`` of a class until it is asked for, and is then made."""

    def __init__(self, functions: _Functions, make: Callable[[], Any]) -> None:
        self.functions = functions
        self._make = make

    def __get__(self, one: Any, kind: type) -> Any:
        self.functions.cls.__init__ = self.made
        return self.made.__get__(one, kind)

    @cached_property
    def made(self) -> Any:
        """What it stands for."""
        return self._make()


def few_given(
    sure: Mapping[str, range | None], anew: Collection[str] = ()
) -> Callable[[type[_Kind]], type[_Kind]]:
    """The decorator of a frozen class with slots of whose fields few are given: a kernel sets all.

    Every field has a default, and those that can be given come first. ``sure``: by field, with
    which values, as with all defaults, ``__post_init__`` has nothing to do: numbers in a range,
    texts whose length is in it, or with None any. Where no others are given it is not called.
    ``anew``: the fields whose default is made for each object; other factories are asked once.
    Raises TypeError for fields that do not fit.
    """

    def made(cls: type[_Kind]) -> type[_Kind]:
        witness = vars(cls).get("__init__")
        if not isinstance(witness, _Init):
            raise TypeError("a class of this module has no __init__ of its own")
        fields = dataclasses.fields(cast("Any", cls))
        given = [one.name for one in fields if one.init and not one.kw_only]
        names = tuple([one.name for one in fields])
        if names[: len(given)] != tuple(given) or any(one.init for one in fields[len(given) :]):
            raise TypeError("what can be given comes first, by place or name")
        if unknown := {*sure, *anew}.difference(names):
            raise TypeError(f"no fields are named {', '.join(sorted(unknown))}")
        defaults = tuple([_default(one, anew=one.name in anew) for one in fields])
        each = tuple([name in anew for name in names])
        how = tuple([sure.get(name, False) for name in given])

        def init() -> Any:
            compiled = kernel("defaults")
            if compiled is None:
                return witness.made
            return compiled.Init(cls, names, defaults, each, how, lambda: witness.made)

        cast("Any", cls).__init__ = _Init(witness.functions, init)
        return cls

    return made


def _default(field: Field[Any], *, anew: bool) -> Any:
    """The default of a field, or what makes it. Raises TypeError where there is none."""
    if field.default_factory is not MISSING:
        return field.default_factory if anew else field.default_factory()
    if anew:
        raise TypeError(f"nothing makes {field.name} anew")
    if field.default is MISSING:
        raise TypeError(f"{field.name} has no default")
    return field.default


def _then(cls: Any) -> str:
    return "  self.__post_init__()" if hasattr(cls, "__post_init__") else "  pass"


def _init(cls: Any, fields: tuple[Field[Any], ...], *, frozen: bool) -> Any:
    """An ``__init__`` of the class among the names of its module."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_unset": MISSING}
    by_place, by_name, lines = ["self"], ["*"], []
    for field in fields:
        name = field.name
        argument = value = name
        if field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            argument, made = f"{name}=_unset", f"_make_{name}()"
            value = f"{made} if {name} is _unset else {name}" if field.init else made
        elif field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            argument = f"{name}=_default_{name}"
            value = name if field.init else f"_default_{name}"
        if field.init:
            (by_name if field.kw_only else by_place).append(argument)
        if field.init or argument != name:
            slot = getattr(cls, name, None)
            if not frozen:
                lines.append(f"  self.{name} = {value}")
            elif isinstance(slot, MemberDescriptorType):  # it is set in half the time
                known[f"_set_{name}"] = slot.__set__
                lines.append(f"  _set_{name}(self, {value})")
            else:
                lines.append(f"  _set(self, {name!r}, {value})")
    arguments = ", ".join([*by_place, *by_name[len(by_name) == 1 :]])
    source = [
        f"def make({', '.join(known)}):",
        f" def __init__({arguments}):",
        *lines,
        _then(cls),
        " return __init__",
    ]
    found: dict[str, Any] = {}
    names = vars(sys.modules[cls.__module__])
    exec("\n".join(source), names, found)  # noqa: S102, as the standard library does
    function = found["make"](**known)
    function.__qualname__ = f"{cls.__qualname__}.__init__"
    function.__annotations__.update({one.name: one.type for one in fields if one.init})
    return function


def _values(names: list[str]) -> Values:
    """What reads the fields of these names, as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    (name,) = names
    return lambda one: (getattr(one, name),)


def _repr(names: list[str]) -> Callable[[Any], str]:
    @recursive_repr()
    def repr_(self: Any) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({told})"

    return repr_


def _eq(values: Values) -> Callable[[Any, object], Any]:
    def eq_(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return eq_


def _hash(values: Values) -> Callable[[Any], int]:
    def hash_(self: Any) -> int:
        return hash(values(self))

    return hash_


def _refusing(
    functions: _Functions, names: Collection[str]
) -> tuple[Callable[..., None], Callable[..., None]]:
    """``__setattr__`` and ``__delattr__`` of a class that raise ``FrozenInstanceError``."""

    def setattr_(self: Any, name: str, value: Any) -> None:
        if type(self) is functions.cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(functions.cls, self).__setattr__(name, value)

    def delattr_(self: Any, name: str) -> None:
        if type(self) is functions.cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(functions.cls, self).__delattr__(name)

    return setattr_, delattr_


def _pickling(names: list[str]) -> tuple[Callable[..., Any], Callable[..., None]]:
    """``__getstate__`` and ``__setstate__``, which must get by what refuses."""

    def getstate_(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def setstate_(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return getstate_, setstate_


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414, so that it is exported
else:
    dataclass = _dataclass
