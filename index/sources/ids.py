"""Ids of articles that files have given: the same in two files need not be the same article."""

from __future__ import annotations

from index.article import Article
from index.sources.problems import InputProblem


class Ids:
    """Which id is whose, over all files of one reading."""

    def settle(
        self, article: Article, _file: str, _line: int | None
    ) -> tuple[Article, InputProblem | None]:
        """The article under an id of its own, and what is to be told about it."""
        return article, None
