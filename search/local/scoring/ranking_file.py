"""A ranking written as JSON: any part of ``Ranking``, the rest as it is by default.

Types and bounds are those of the declarations; pydantic compares the file with them.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import orjson

from index.errors import SourceError
from index.system_errors import reason
from search.errors import RankingInvalid
from search.local.scoring.ranking import Ranking
from search.query.weights import HIGHEST

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_OBJECT = ("a JSON object", "objek JSON")
_OF_KIND = {
    bool: ("true or false", "true atau false"),
    int: ("a whole number from 0", "bilangan bulat mulai 0"),
    float: (f"a number from 0 to {HIGHEST:.0f}", f"bilangan dari 0 sampai {HIGHEST:.0f}"),
}


def read_ranking(path: Path) -> Ranking:
    """The ranking of a file such as ``{"model": {"k1": 0.9}, "enough": 1}``.

    What the file does not name keeps its default. Raises ``SourceError`` where the file cannot be
    read, and ``RankingInvalid``, naming the field, for all that is not a ranking.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        # As orjson reads it: pydantic's own JSON has NaN, infinity and whole numbers of any size.
        content = orjson.dumps(orjson.loads(path.read_bytes().removeprefix(BOM_UTF8)))
        return TypeAdapter(Ranking).validate_json(content, strict=True, extra="forbid")
    except OSError as error:
        why = reason(error)
        raise SourceError(
            f"{path} cannot be read: {why.english}", f"{path} tidak dapat dibaca: {why.indonesian}"
        ) from None
    except orjson.JSONDecodeError:
        raise RankingInvalid(path, "", _OBJECT) from None
    except ValidationError as error:
        found = error.errors()[0]
    raise RankingInvalid(path, ".".join(map(str, found["loc"])), _allowed(found))


def _allowed(found: ErrorDetails) -> tuple[str, str]:
    """What is allowed where pydantic found something else, in English and Indonesian."""
    outer: Any = None
    kind: Any = Ranking
    for name in found["loc"]:
        outer, kind = kind, get_type_hints(kind).get(str(name))
    match found["type"]:
        case "unexpected_keyword_argument":
            names = ", ".join(one.name for one in fields(outer) if one.init)
            return f"one of {names}", f"salah satu dari {names}"
        case "value_error":
            error = found["ctx"]["error"]
            return f"such that {error}", f"demikian rupa sehingga {error}"
        case _:
            return _OF_KIND.get(kind, _OBJECT)
