"""Values as formats give them, nested or not, to the text of a field."""

from __future__ import annotations

_EXACT = 2**53  # a larger float stands for several whole numbers

_PLACEHOLDERS = frozenset(
    """
    -|--|---|–|—|.|?|n/a|na|nan|nat|nil|none|null|<na>|undefined|unknown|tidak ada|kosong
    |tidak ditemukan|tidak diketahui|tidak tersedia|tanggal tidak ditemukan|tanggal tidak diketahui
    |tanggal tidak tersedia|waktu tidak ditemukan|not found|date not found|no date|not available
    |0000-00-00|0000-00-00 00:00:00|november 30, -0001|invalid date
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def is_placeholder(text: str) -> bool:
    """Whether the text is what a program writes where it has no value: ``nan``, ``None``, ``-``."""
    return len(text) <= 40 and text.strip().lower() in _PLACEHOLDERS


def as_text(value: object, field: str) -> str | None:
    """A number, or a list of texts and numbers, as text; None for anything else.

    A list is paragraphs in a body and names elsewhere.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and field == "id":
        return f"{value:.0f}" if value.is_integer() and abs(value) <= _EXACT else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, list) or any(isinstance(part, list) for part in value):
        return None
    parts = [as_text(part, field) for part in value]
    if None in parts:
        return None
    return ("\n\n" if field == "body" else ", ").join(p for p in parts if p and not p.isspace())
