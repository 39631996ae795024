"""A ranking written as JSON: any part of ``Ranking``, the rest as it is by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

import orjson

from index.errors import SourceError
from search.errors import RankingInvalid
from search.local.scoring.ranking import Ranking

_Part = TypeVar("_Part")

_OBJECT = ("a JSON object", "objek JSON")
_YES_OR_NO = ("true or false", "true atau false")
_WHOLE = ("a whole number from 0", "bilangan bulat mulai 0")
_HIGHEST = 1e6
"""Products of a few such numbers are finite in scores of 32 bits."""
_NUMBER = (f"a number from 0 to {_HIGHEST:.0f}", f"bilangan dari 0 sampai {_HIGHEST:.0f}")
_CHOSEN_HERE = ("nothing: it cannot be set in a file", "kosong: tidak dapat diatur lewat berkas")


def read_ranking(path: Path) -> Ranking:
    """The ranking of a file such as ``{"model": {"k1": 0.9}, "enough": 1}``.

    What the file does not name keeps its default. Raises ``SourceError`` where the file cannot be
    read, and ``RankingInvalid``, naming the field, for all that is not a ranking.
    """
    try:
        value = orjson.loads(path.read_bytes())
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error}", f"{path} tidak dapat dibaca: {error}"
        ) from None
    except orjson.JSONDecodeError:
        raise RankingInvalid(path, "", _OBJECT) from None
    return _part(path, "", Ranking, Ranking(), value)


def _part(path: Path, name: str, kind: type[_Part], default: _Part, value: object) -> _Part:
    """A dataclass of which ``value`` names some fields, the others as in ``default``."""
    if not isinstance(value, Mapping):
        raise RankingInvalid(path, name, _OBJECT)
    kinds = get_type_hints(kind)
    # What is declared with init=False is derived, and not for a file to say.
    known = [one.name for one in fields(cast("Any", kind)) if one.init]
    for given in value:
        if given not in known:
            names = ", ".join(known)
            allowed = (f"one of {names}", f"salah satu dari {names}")
            raise RankingInvalid(path, _joined(name, given), allowed)
    chosen = {one: getattr(default, one) for one in known}
    for one, inner in value.items():
        chosen[one] = _value(path, _joined(name, one), kinds[one], chosen[one], inner)
    try:
        return kind(**chosen)
    except ValueError as error:
        bounds = (f"such that {error}", f"demikian rupa sehingga {error}")
        raise RankingInvalid(path, name, bounds) from None


def _value(path: Path, name: str, kind: Any, default: Any, value: object) -> object:
    """One field. A number may be written whole where it need not be."""
    if is_dataclass(kind):
        return _part(path, name, cast("type[Any]", kind), default, value)
    if kind is bool:
        if not isinstance(value, bool):
            raise RankingInvalid(path, name, _YES_OR_NO)
        return value
    if kind is int:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise RankingInvalid(path, name, _WHOLE)
        return value
    if kind is float:
        # JSON has no infinity and no nan, and orjson makes none.
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise RankingInvalid(path, name, _NUMBER)
        if not 0 <= value <= _HIGHEST:
            raise RankingInvalid(path, name, _NUMBER)
        return float(value)
    raise RankingInvalid(path, name, _CHOSEN_HERE)


def _joined(outer: str, name: str) -> str:
    return f"{outer}.{name}" if outer else name
