"""The plain types of parameters: yes or no, and whole numbers, as the documentation writes them.

Pydantic alone would also take ``yes`` and ``t`` as flags, and ``1_0`` and ``1.0`` as whole numbers.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator


def _flag(value: object) -> bool:
    flags = {"true": True, "1": True, "false": False, "0": False}
    if value not in flags:
        raise ValueError(value)
    return flags[str(value)]


def _switch(value: object) -> bool:
    return {"on": True, "off": False}[str(value)] if value in {"on", "off"} else _flag(value)


def _matching(pattern: str) -> BeforeValidator:
    compiled = re.compile(pattern, re.ASCII)

    def check(value: object) -> object:
        if not compiled.fullmatch(str(value)):
            raise ValueError(value)
        return value

    return BeforeValidator(check)


DIGITS = _matching(r"\d{1,9}")
"""The check of a whole number."""

Flag = Annotated[bool, BeforeValidator(_flag)]
Switch = Annotated[bool, BeforeValidator(_switch)]
