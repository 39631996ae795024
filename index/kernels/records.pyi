from datetime import tzinfo

from index.article import Article

def parts(
    article: Article, facets: tuple[str, ...], utc: tzinfo, most: int
) -> tuple[bytes, bytes] | None: ...
