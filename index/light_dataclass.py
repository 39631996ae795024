"""``dataclass`` as the standard library has it, but frozen classes are made ten times faster.

A command that answers one question makes some 200 classes of data, and the standard library
compiles six functions for each: a quarter of the time of such a command. Here these functions are
closures over the names of the fields; ``__init__`` alone is compiled, when the first object is
made. Types, fields, ``replace``, ``fields`` and ``match`` are those of the
standard library, which makes what is not frozen. Where few fields of many are given, a kernel may
make the objects (``few_given``).
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cached_property
from operator import attrgetter
from reprlib import recursive_repr
from types import MemberDescriptorType
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
    if not frozen:
        return dataclasses.dataclass(plain, slots=slots, eq=eq, **more)
    if more:
        raise TypeError(f"no frozen class is made with {', '.join(more)}")

    def made(plain: type) -> Any:
        own = dict(plain.__dict__)
        # Without one, the standard library would look for the signature of ``__init__``.
        plain.__doc__ = plain.__doc__ or plain.__qualname__
        cls: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(plain)
        fields = dataclasses.fields(cls)
        named: dict[str, Any] = {"__init__": _Init(cls, lambda: _init(cls, fields))}
        named["__repr__"] = _repr([one.name for one in fields if one.repr])
        if eq:
            named["__eq__"] = _eq(_values([one.name for one in fields if one.compare]))
            if own.get("__hash__") is None:
                hashed = [one for one in fields if (one.compare if one.hash is None else one.hash)]
                own.pop("__hash__", None)
                named["__hash__"] = _hash(_values([one.name for one in hashed]))
        named["__setattr__"], named["__delattr__"] = _refusing(cls, {one.name for one in fields})
        if slots:
            names = [one.name for one in fields]
            named["__getstate__"], named["__setstate__"] = _pickling(names)
        for name, function in named.items():
            if name not in own:
                setattr(cls, name, function)
                if not isinstance(function, _Init):
                    function.__name__ = name
                    function.__qualname__ = f"{cls.__qualname__}.{name}"
        return cls

    return made if plain is None else made(plain)


class _Init:
    """Stands for the ``__init__`` of a class until it is asked for, and is then made."""

    def __init__(self, cls: Any, make: Callable[[], Any]) -> None:
        self._cls = cls
        self._make = make

    def __get__(self, one: Any, kind: type) -> Any:
        self._cls.__init__ = self.made
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

        cast("Any", cls).__init__ = _Init(cls, init)
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


def _init(cls: Any, fields: tuple[Field[Any], ...]) -> Any:
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
            if isinstance(slot, MemberDescriptorType):  # it is set in half the time
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


def _refusing(cls: Any, names: set[str]) -> tuple[Callable[..., None], Callable[..., None]]:
    """``__setattr__`` and ``__delattr__`` that raise ``FrozenInstanceError``."""

    def setattr_(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def delattr_(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

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
