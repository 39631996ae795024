"""Marks on declared types that become descriptions in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ConfigDict, GetJsonSchemaHandler, with_config
from pydantic_core import CoreSchema

from index.bilingual import Text

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Means:
    """The meaning of a field of an answer."""

    english: str
    indonesian: str

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(core_schema), "description": Text(self.english, self.indonesian)}


def shape(indonesian: str) -> Callable[[type[Shape]], type[Shape]]:
    """A class decorator: the answer has no other fields; its docstring in Indonesian is given."""

    def decorate(cls: type[Shape]) -> type[Shape]:
        def describe(schema: dict[str, Any]) -> None:
            schema["description"] = Text(cls.__doc__ or "", indonesian)

        return with_config(ConfigDict(extra="forbid", json_schema_extra=describe))(cls)

    return decorate
