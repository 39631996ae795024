"""The Whoosh schema: what of an article is indexed, kept in columns and stored.

========== ======================================================================================
field      what
========== ======================================================================================
id         unique term; stored
title,     stems with positions; stored. The twins ``title_exact`` and ``body_exact`` hold surface
body       forms at the same positions and store nothing
date       UTC; range terms and a column of 64 bits (absent: the column's default)
source,    the whole value as one folded term; a column of the values as given; stored
category,
place,
author
url        stored
derived_   stored: the title is the body's beginning and is not indexed, as its words would count
title      twice
text_hash  column: 64 bits of BLAKE2b over the body (``index.stored_values.text_hash``)
========== ======================================================================================
"""

from __future__ import annotations

from whoosh import columns, fields

from index.analysis import ANALYZER_VERSION, ExactAnalyzer, FoldedAnalyzer, StemAnalyzer
from index.fields import FACETS
from index.stemming import StemmerName

SCHEMA_VERSION = "7"

INDEX_NAME = "MAIN"
"""Whoosh's default name, so that ``whoosh.index.open_dir`` finds the index."""

ABSENT_DATE = 2**64 - 1
"""The date column's value of an article without a date: the default of Whoosh's DATETIME column."""

DATE_STEP = 8
"""The bits between the shifts at which Whoosh's DATETIME indexes a date."""

VERSION = f"schema {SCHEMA_VERSION}, analyzer {ANALYZER_VERSION}"
"""What an index must have been made with for this program to read it."""


def _by_stemmer(version: str) -> dict[StemmerName, str]:
    return {
        name: version if name is StemmerName.WARTA else f"{version}, stemmer {name}"
        for name in StemmerName
    }


VERSIONS = _by_stemmer(VERSION)
"""The same with the stemmer that was chosen."""

SUMS_VERSION = "2"
"""Of the checksums in a manifest, as ``index.manifest`` writes them; of the first none is told."""

WRITTEN_VERSIONS = _by_stemmer(f"{VERSION}, sums {SUMS_VERSION}")
"""What the manifest of a new generation has, by the stemmer."""

READ_VERSIONS = frozenset({*VERSIONS.values(), *WRITTEN_VERSIONS.values()})
"""What the manifest of a generation may have for this program to use it."""


def schema(words: str = "") -> fields.Schema:
    """A new schema object of the current version; ``words`` is the digest of the user's words.

    Facets are no ``RefBytesColumn``: Whoosh drops the values of one after the 65,535th.
    """
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        title=fields.TEXT(analyzer=StemAnalyzer(words), phrase=True, stored=True),
        title_exact=fields.TEXT(analyzer=ExactAnalyzer(words), phrase=True),
        body=fields.TEXT(analyzer=StemAnalyzer(words), phrase=True, stored=True),
        body_exact=fields.TEXT(analyzer=ExactAnalyzer(words), phrase=True),
        date=fields.DATETIME(sortable=True, stored=True),
        url=fields.STORED(),
        derived_title=fields.STORED(),
        text_hash=fields.COLUMN(columns.NumericColumn("Q")),
        **{
            name: fields.ID(
                analyzer=FoldedAnalyzer(), sortable=columns.VarBytesColumn(), stored=True
            )
            for name in FACETS
        },
    )
