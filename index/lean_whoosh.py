"""Whoosh loaded without the modules that it imports for one function each, which nobody calls here.

Loading them costs a short command more than Whoosh itself: the standard library's HTTP and mail,
rules of English grammar. Each function is loaded when it is called.
"""

from __future__ import annotations

from importlib import import_module

from index.called_later import called_later

LATER = {
    "urllib.request": ("urlretrieve",),
    "whoosh.lang.morph_en": ("variations",),
    "whoosh.lang.porter": ("stem",),
    "whoosh.lang.dmetaphone": ("double_metaphone",),
}
"""The modules, and the function of each that Whoosh names where it is loaded."""

_NAMING = ("whoosh.compat", "whoosh.analysis")
_ASKING = ("whoosh.query.terms",)


def load_whoosh(*, asks: bool = True) -> None:
    """Load the modules of Whoosh that name those functions; no other thread may be importing.

    But for those of questions where nobody ``asks`` any.
    """
    with called_later(LATER):
        for name in (*_NAMING, *_ASKING) if asks else _NAMING:
            import_module(name)
