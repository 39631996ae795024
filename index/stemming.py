"""Which stemmer an index is built with: its operator's choice, kept with the index."""

from __future__ import annotations

from enum import StrEnum


class StemmerName(StrEnum):
    """Warta's own, or Snowball's Indonesian one as it comes, to agree with other systems."""

    WARTA = "warta"
    SNOWBALL = "snowball"
