"""The parameter ``fields``: which members an answer holds, checked and explained."""

from __future__ import annotations

from pydantic import AfterValidator, Field

from index.bilingual import Text
from search.members import UnknownMembers, answer_names, hit_names, read_members
from web.arguments import Help

MAX_FIELDS_CHARACTERS = 500
"""The longest list of names."""

_FIELDS = Text(
    "What the answer holds: names with commas between them. Those of a hit choose what each hit "
    "holds, among them {demand}snippet, the passage as plain text; those of the "
    "answer choose what stands beside the hits. Of names of a hit alone everything stands beside "
    "them; of names of the answer alone there are no hits. What is not named is not computed; "
    "corrected and partial stay where they say something.",
    "Isi jawaban: nama dipisah koma. Nama bagian hasil memilih isi setiap hasil, di antaranya "
    "{demand}snippet, cuplikan sebagai teks biasa; nama bagian jawaban memilih "
    "yang ada di samping hasil. Bila hanya nama bagian hasil, semua yang lain tetap ada; bila "
    "hanya nama bagian jawaban, tidak ada hasil. Yang tidak disebut tidak dihitung; corrected dan "
    "partial tetap ada bila berisi.",
)
_BODY = Text("body, the whole text, and ", "body, seluruh teks, dan ")
_WITHOUT_BODY = ("body",)
"""What may not be named where many short lists of hits are asked for."""


def _named(without: tuple[str, ...] = ()) -> tuple[AfterValidator, Help]:
    """The check of the parameter that names the members of an answer, but for these; its help."""

    def check(text: str) -> str:
        try:
            read_members(text, without=without)
        except UnknownMembers as error:
            raise ValueError(text) from error
        return text

    names = ", ".join(name for name in (*hit_names(), *answer_names()) if name not in without)
    allowed = Text(f"names with commas, of {names}", f"nama dipisah koma, dari {names}")
    body = Text("", "") if "body" in without else _BODY
    meaning = Text(
        _FIELDS.english.format(demand=body.english),
        _FIELDS.indonesian.format(demand=body.indonesian),
    )
    return AfterValidator(check), Help(meaning, allowed)


_NOT_OF_SIMILAR = (
    *("body", "missing", "explanation", "query", "corrected", "next_cursor", "understood"),
    *("facets", "facet_totals", "histogram", "undated", "suggestion", "offers"),
)
"""What a list of similar articles never has: it is of no query, and nothing is counted over it."""

LENGTH = Field(max_length=MAX_FIELDS_CHARACTERS, examples=["id,title,url,total"])
MEMBERS, MEMBERS_HELP = _named()
BODILESS, BODILESS_HELP = _named(_WITHOUT_BODY)
OF_SIMILAR, OF_SIMILAR_HELP = _named(_NOT_OF_SIMILAR)
