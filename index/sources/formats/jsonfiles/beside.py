"""Names of what stands beside articles in JSON, and of the lists that hold articles."""

from __future__ import annotations

from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.problems import InputProblem, ProblemKind
from index.sources.values.notation import printed_value

_IGNORED = on_use(r"[\s_\-@$.:]+")

_OTHERS_WORDS = """
related relatedarticles relatedposts relatednews relatedcontent relateditems terkait artikelterkait
beritaterkait beritalain beritalainnya bacajuga readalso trending popular populer terpopuler
mostpopular recommended recommendations rekomendasi comment comments komentar replies balasan
"""
_BESIDE_WORDS = """
image images img gambar foto photo photos thumbnail thumbnails media video videos gallery
galeri author authors penulis editor creator contributor user users tag tags topics categories
seo meta metadata metatags pagination paging links link ads iklan breadcrumb breadcrumbs embedded
yoastheadjson schema included facets aggregations qas questions question answers answer jawaban
pertanyaan annotations predictions settings
"""
_OTHERS = frozenset(_OTHERS_WORDS.split())
"""Other articles and what readers said: no part of the one beside which they stand."""

_BESIDE = _OTHERS | frozenset(_BESIDE_WORDS.split())
"""What stands beside the text of an article and is none, however much it looks like one."""

_LISTS_WORDS = """
item items entry entries article articles artikel post posts data result results docs hits news
berita edges nodes records rows list value values feed stories
"""
_LISTS = frozenset(_LISTS_WORDS.split())


@dataclass(frozen=True, slots=True)
class Left:
    """So many objects under a key beside articles that were not read."""

    key: str
    count: int


def plain_key(key: str) -> str:
    """The name without case and signs."""
    return _IGNORED.sub("", key).lower()


def is_beside(key: str) -> bool:
    """The name is that of something that stands beside articles."""
    return plain_key(key) in _BESIDE


def are_others(key: str) -> bool:
    """The name is that of other articles or of comments beside an article."""
    return plain_key(key) in _OTHERS


def is_list_name(key: str) -> bool:
    """The name is that of a wrapper around articles."""
    return plain_key(key) in _LISTS


def left_in(key: str, held: object) -> Left | None:
    """The objects of a list, or the one, that stand beside articles; None where there are none."""
    items = held if isinstance(held, list) else [held]
    count = sum(isinstance(item, dict) and bool(item) for item in items)
    return Left(key, count) if count else None


def told_of(left: Left, file: str, line: int) -> InputProblem:
    """What is told of the objects that were left."""
    detail = f"{left.key}: {left.count}"
    return InputProblem(ProblemKind.NO_ARTICLE, file, line, detail, left.count)


def inside(value: object) -> object:
    """The objects of which a text is the JSON; the value itself where it is no such text."""
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    held = printed_value(value)
    objects = isinstance(held, dict) or (held and all(isinstance(item, dict) for item in held))
    return held if held and objects else value
