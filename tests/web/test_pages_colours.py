"""Text stands out from what lies behind it as WCAG 2.2 asks, in the light and in the dark."""

from __future__ import annotations

import re

import pytest

from web.assets import FOLDER

COLOUR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SCHEMES = ("light", "dark")

TEXT = [
    (ink, ground)
    for ground in ("paper", "raised")
    for ink in ("ink", "ink-read", "ink-soft", "link", "link-visited")
]
TEXT += [
    ("mark-ink", "mark"),
    ("ink", "mark"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-firm"),
    ("ink", "accent-wash"),
    ("ink-soft", "accent-wash"),
    ("link", "accent-wash"),
]
SHAPES = [
    (shape, ground) for ground in ("paper", "raised") for shape in ("field-line", "accent", "ink")
]


def colours(scheme: str) -> dict[str, str]:
    found = COLOUR.findall((FOLDER / "base.css").read_text(encoding="utf-8"))
    return {name: (light, dark)[SCHEMES.index(scheme)] for name, light, dark in found}


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_controls_can_be_seen(scheme: str, shape: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[shape], found[ground]) >= 3
