"""What is told of a table without a column of texts: its columns, and the likely ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from index.patterns import on_use
from index.sources.columns.looks import texts_in

_MOST_NAMES = 30
_LONGEST_NAME = 40
_MOST_TEXTS = 2
_NO_WORD = on_use(r"[^\w.:/@%+=,-]")


def columns_there_are(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The option of ``--map`` for columns whose first values look like text, and all names."""
    looks: Counter[str] = Counter()
    for row in rows:
        pairs = zip(names, row, strict=False)
        looks.update(found for name, value in pairs if name for found in texts_in(name, value))
    texts = [name for name, _ in looks.most_common() if len(name) <= _LONGEST_NAME]
    hint = " / ".join(f"--map {as_word(f'body={name}')}" for name in texts[:_MOST_TEXTS])
    shown = ", ".join(name[:_LONGEST_NAME] for name in names[:_MOST_NAMES] if name)
    begin = f"mungkin / perhaps {hint}; " if hint else ""
    return f"{begin}kolom / columns: {shown}"


def as_word(text: str) -> str:
    """The text as a shell takes it for one word, in quotation marks where it needs them."""
    if not _NO_WORD.search(text):
        return text
    return f"'{text}'" if set(text) & set('"$`!\\') else f'"{text}"'
