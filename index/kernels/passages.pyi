from index.kernels.marks import Finder, _Work

def spaces() -> str: ...
def title(finder: Finder, text: str | bytes, work: _Work, longest: int, *, every: bool) -> str: ...
def snippet(finder: Finder, text: str | bytes, work: _Work, width: int, most: int) -> str: ...
def several(
    finder: Finder,
    titles: list[str],
    texts: list[str | bytes],
    work: _Work,
    longest: int,
    width: int,
    most: int,
    *,
    simple: bool,
) -> list[tuple[str, str]]: ...
