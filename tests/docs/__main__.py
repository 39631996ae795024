"""``python -m tests.docs``: write what the documentation has from what the program declares."""

from __future__ import annotations

from tests.docs import language, options

if __name__ == "__main__":
    options.PAGE.write_text(options.page(), "utf-8")
    language.PAGE.write_text(language.page(), "utf-8")
    language.README.write_text(language.readme(), "utf-8")
