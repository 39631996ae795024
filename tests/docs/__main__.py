"""``python -m tests.docs``: write docs/options.md from what the program declares."""

from __future__ import annotations

from tests.docs.options import PAGE, page

if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
