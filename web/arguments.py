"""Reading the arguments of an address into declared parameters, or saying which are wrong.

An empty value counts as not given, because a form sends every field that it has; only where values
are told by their places, each of them counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema
from werkzeug.datastructures import MultiDict

from index.bilingual import Text
from index.errors import WartaError
from index.light_dataclass import dataclass
from search.json_shapes import Keyword, described

MAX_GIVEN = 80
"""The characters of a refused value that the answer repeats."""


@dataclass(frozen=True, slots=True)
class Help:
    """What a parameter means and which values are allowed, for people.

    ``in_places``: its values are told by their places, so that empty ones count.
    """

    meaning: Text
    allowed: Text
    in_places: bool = False

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(core_schema), "description": self.meaning}


@described(
    "ParameterProblem",
    Text("One parameter that is not allowed.", "Satu parameter yang tidak dapat diterima."),
)
@dataclass(frozen=True, slots=True)
class BadParameter:
    """``parameter`` was given as ``given``, which is not ``allowed``."""

    parameter: Annotated[str, Keyword("examples", ("per_page",))]
    given: Annotated[str, Keyword("examples", ("1000",))]
    allowed: Annotated[Text, Keyword("examples", ("a whole number from 1 to 100",))]


class BadParameters(WartaError):
    """Some of the parameters of a request are not allowed; ``errors`` has at least one."""

    def __init__(self, errors: tuple[BadParameter, ...]) -> None:
        super().__init__(
            "; ".join(
                f"“{bad.parameter}” was “{bad.given}”, allowed: {bad.allowed.english}"
                for bad in errors
            ),
            "; ".join(
                f"“{bad.parameter}” berisi “{bad.given}”, yang diterima: {bad.allowed.indonesian}"
                for bad in errors
            ),
        )
        self.errors = errors


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Declared:
    """What reading needs of a parameter; ``repeated``: whether it takes several values."""

    repeated: bool
    help: Help


def read(
    model: type[Model], arguments: MultiDict[str, str], *, ignore_unknown: bool = False
) -> Model:
    """The declared parameters from the arguments of an address.

    Every field of the model is annotated with ``Help``. ``ignore_unknown`` is for pages, to whose
    links other sites add parameters of their own. Raises ``BadParameters``, which names all that
    are wrong.
    """
    fields = _declared(model)
    values: dict[str, str | list[str]] = {}
    errors = []
    for name, given in arguments.lists():
        filled = [value for value in given if value]
        if name not in fields:
            if not ignore_unknown:
                errors.append(_unknown(name, given, sorted(fields)))
        elif fields[name].repeated:
            values[name] = given if fields[name].help.in_places else filled
        elif len(filled) > 1:
            errors.append(_bad(name, filled, Text("one value only", "satu nilai saja")))
        elif filled:
            values[name] = filled[0]
    try:
        parameters = model.model_validate(values)
    except ValidationError as failure:
        wrong = dict.fromkeys(_wrong(error["loc"]) for error in failure.errors(include_url=False))
        errors.extend(_refused(name, place, values, fields[name]) for name, place in wrong)
        raise BadParameters(tuple(errors)) from None
    if errors:
        raise BadParameters(tuple(errors))
    return parameters


@cache
def _declared(model: type[BaseModel]) -> Mapping[str, _Declared]:
    """The parameters of a model by their names in an address."""
    return {
        field.alias or name: _Declared(get_origin(field.annotation) is tuple, _help(field))
        for name, field in model.model_fields.items()
    }


def _unknown(name: str, given: list[str], known: list[str]) -> BadParameter:
    names = ", ".join(known)
    allowed = Text(f"only the parameters {names}", f"hanya parameter {names}")
    return _bad(name[:MAX_GIVEN], given, allowed)


def _help(field: FieldInfo) -> Help:
    return next(mark for mark in field.metadata if isinstance(mark, Help))


def _wrong(where: tuple[int | str, ...]) -> tuple[str, int | None]:
    """The name of a parameter, and the place of the value among its values where one is wrong."""
    place = where[1] if len(where) > 1 else None
    return str(where[0]), place if isinstance(place, int) else None


def _refused(
    name: str, place: int | None, values: Mapping[str, str | list[str]], declared: _Declared
) -> BadParameter:
    given, allowed = values.get(name, ""), declared.help.allowed
    if place is None or not declared.help.in_places:
        return _bad(name, given, allowed)
    told = Text(
        f"{allowed.english}; this is the value no. {place + 1}",
        f"{allowed.indonesian}; ini nilai ke-{place + 1}",
    )
    return _bad(name, given[place], told)


def _bad(name: str, given: str | list[str], allowed: Text) -> BadParameter:
    text = given if isinstance(given, str) else ", ".join(given)
    return BadParameter(name, text[:MAX_GIVEN], allowed)
