"""The request that a thread answers, itself.

Flask's ``request`` stands for it, and looks for it anew at every attribute.
"""

from __future__ import annotations

from typing import cast

from flask import Request, request


def current_request() -> Request:
    """The request that this thread answers. Raises ``RuntimeError`` where it answers none."""
    return cast("Request", request._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
