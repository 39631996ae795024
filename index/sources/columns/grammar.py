"""What the words of a column's name mean together: the table of combinations.

Each combination is a field, or what stands in for one, and a tier: of several names of one field
in a record, those of a lower tier come first.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.sources.columns.words import Word

SUMMARY = "summary"
"""The part of a record that stands in for a body; no field of an article."""

ORIGIN = "origin"
"""An address that may be of a whole site or list: shown where there is no other, never an id."""

PARTS = "parts"
"""The columns that hold the parts of a body one after the other; no field of an article."""

STAND_INS: Mapping[str, str] = {"body": SUMMARY, "url": ORIGIN}
"""What is no field of an article and stands in for one that is empty."""

LAST_RESORT = 5
"""The tier of names that are used only where there is nothing better, such as a time of change."""

_W = Word
TIERS: Mapping[frozenset[Word], tuple[str, int]] = {
    frozenset(words): (field, tier)
    for field, tiers in {
        "id": {1: [{_W.ID}, {_W.ID, _W.UNIQUE}]},
        "title": {
            1: [{_W.TITLE}, {_W.TITLE, _W.WHOLE}, {_W.TITLE, _W.HTML}],
            2: [{_W.TITLE, _W.META}, {_W.TITLE, _W.WEB}],
            3: [{_W.TITLE, _W.CLEAN}, {_W.TITLE, _W.SHORT}],
            4: [{_W.TITLE, _W.PUBLISHED}, {_W.TITLE, _W.LANGUAGE}],
        },
        "body": {
            1: [{_W.BODY}, {_W.BODY, _W.WHOLE}],
            2: [
                {_W.BODY, _W.PUBLISHED},
                {_W.BODY, _W.LANGUAGE},
                {_W.BODY, _W.HTML},
                {_W.BODY, _W.HTML, _W.WHOLE},
                {_W.BODY, _W.WEB},
            ],
            3: [{_W.BODY, _W.PAGE}],
            4: [{_W.HTML}],
            5: [{_W.BODY, _W.CLEAN}, {_W.BODY, _W.CLEAN, _W.WHOLE}],
        },
        SUMMARY: {
            1: [{_W.SUMMARY}, {_W.SUMMARY, _W.HTML}],
            2: [{_W.SUMMARY, _W.SHORT}, {_W.SUMMARY, _W.META}, {_W.SUMMARY, _W.CLEAN}],
            3: [{_W.BODY, _W.SHORT}, {_W.BODY, _W.FIRST}],
        },
        "url": {
            1: [{_W.URL}, {_W.URL, _W.WHOLE}, {_W.URL, _W.ADDRESS}],
            2: [{_W.URL, _W.META}, {_W.URL, _W.WEB}, {_W.ADDRESS, _W.WEB}],
            3: [{_W.URL, _W.TITLE}, {_W.URL, _W.PUBLISHED}],
        },
        ORIGIN: {2: [{_W.URL, _W.PAGE}]},
        "source": {
            1: [{_W.SOURCE}, {_W.SOURCE, _W.NAME}, {_W.SOURCE, _W.PORTAL}, {_W.SOURCE, _W.META}],
            2: [
                *({_W.PORTAL}, {_W.PORTAL, _W.NAME}, {_W.PORTAL, _W.META}, {_W.PORTAL, _W.WEB}),
                *({_W.PORTAL, _W.META, _W.NAME}, {_W.SOURCE, _W.PORTAL, _W.NAME}),
            ],
            3: [{_W.WEB}, {_W.WEB, _W.NAME}, {_W.SOURCE, _W.WEB}],
        },
        "category": {
            1: [{_W.CATEGORY}, {_W.CATEGORY, _W.NAME}, {_W.CATEGORY, _W.WHOLE}],
            2: [{_W.TOPIC}, {_W.TOPIC, _W.NAME}, {_W.TOPIC, _W.WHOLE}, {_W.CATEGORY, _W.META}],
            3: [{_W.CATEGORY, _W.SUB}, {_W.CATEGORY, _W.PUBLISHED}, {_W.CATEGORY, _W.TOPIC}],
        },
        "place": {
            1: [{_W.PLACE}, {_W.PLACE, _W.NAME}, {_W.PLACE, _W.PUBLISHED}, {_W.PLACE, _W.REGION}],
            2: [{_W.PLACE, _W.EVENT}],
            3: [{_W.REGION}, {_W.REGION, _W.NAME}],
        },
        "author": {
            1: [{_W.AUTHOR}, {_W.AUTHOR, _W.NAME}, {_W.AUTHOR, _W.META}, {_W.BY, _W.WROTE}],
            2: [{_W.AUTHOR, _W.WHOLE}, {_W.AUTHOR, _W.NAME, _W.WHOLE}, {_W.BY}],
            3: [{_W.BY, _W.PUBLISHED}],
        },
        "date": {
            0: [{_W.PUBLISHED, _W.DATE}, {_W.PUBLISHED, _W.DATE, _W.TIME}],
            1: [{_W.DATE}, {_W.DATE, _W.TIME}, {_W.DATE, _W.CLOCK}],
            2: [{_W.PUBLISHED}, {_W.PUBLISHED, _W.TIME}, {_W.TIME}],
            4: [
                *({_W.CREATED}, {_W.CREATED, _W.DATE}, {_W.CREATED, _W.TIME}),
                {_W.CREATED, _W.DATE, _W.TIME},
            ],
            LAST_RESORT: [
                *({_W.UPDATED}, {_W.UPDATED, _W.DATE}, {_W.UPDATED, _W.TIME}),
                {_W.UPDATED, _W.DATE, _W.TIME},
            ],
            LAST_RESORT + 1: [
                *({_W.CLOCK}, {_W.CLOCK, _W.PUBLISHED}, {_W.CLOCK, _W.CREATED}),
                {_W.CLOCK, _W.TIME},
            ],
        },
    }.items()
    for tier, sets in tiers.items()
    for words in sets
}
"""What the words of a name mean together, apart from those of the article itself."""

OF_THE_ARTICLE: Mapping[frozenset[Word], tuple[str, int]] = {
    frozenset(): ("body", 3),
    frozenset({_W.WHOLE}): ("body", 2),
    frozenset({_W.CLEAN}): ("body", 5),
    frozenset({_W.SHORT}): (SUMMARY, 3),
    frozenset({_W.NAME}): ("title", 3),
    frozenset({_W.ADDRESS}): ("url", 2),
    frozenset({_W.TYPE}): ("category", 3),
}
"""The same where *berita* or *article* stands beside them: ``nama_berita``."""

IN_ORDER: Mapping[tuple[Word, ...], tuple[str, int]] = {
    (_W.SOURCE, _W.TITLE): ("source", 3),
    (_W.CATEGORY, _W.TITLE): ("category", 3),
}
