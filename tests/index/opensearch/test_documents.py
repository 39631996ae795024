"""Articles as documents."""

from __future__ import annotations

from index.analysis import NO_WORDS, analysis
from index.opensearch.documents import Documents, article_of
from index.opensearch.layout import ARTICLE
from tests.conftest import ARCHIVE, article


def test_a_document_has_its_article_whole() -> None:
    given = [*ARCHIVE, article(50, "awal", "awal isi", derived_title=True)]
    made = Documents(analysis(NO_WORDS)).of(given, 0)
    assert [article_of({"fields": {ARTICLE: [one.source[ARTICLE]]}}) for one in made] == given
