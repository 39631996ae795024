"""Text that only seems to be in a CDATA section: libxml2 and what mends text before it disagree."""

from __future__ import annotations

import pytest

from index.sources.formats.feeds.elements import attribute, content, parse


@pytest.mark.parametrize(
    ("half", "read"),
    [
        ("&#xd800;", "\ud800"),
        ("&#55296;", "\ud800"),
        ("&#x00000DFFF;", "\udfff"),
        ("&#xD83D;&#xDE00;", "\ud83d\ude00"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "<i><!-- <![CDATA[ -->HALF]]></i>",
        "<i><?x <![CDATA[ ?>HALF]]></i>",
        '<i><b a="<![CDATA["/>HALF]]></i>',
        '<i b="<![CDATA["><a b="<![CDATA[" c=""/>HALF]]></i>',
    ],
)
def test_halves_of_pairs_are_characters_where_no_section_is(
    text: str, half: str, read: str
) -> None:
    element, _ = parse(text.replace("HALF", half))
    assert read in content(element)


@pytest.mark.parametrize(("half", "read"), [("&#xd800;", "\ud800"), ("&#57343;", "\udfff")])
def test_they_are_also_in_attributes(half: str, read: str) -> None:
    element, _ = parse(f'<i a="<![CDATA[" c="{half}">]]></i>')
    assert attribute(element, "c") == read


def test_in_a_section_they_are_text() -> None:
    element, _ = parse("<i><![CDATA[&#xd800;]]></i>")
    assert content(element) == "&#xd800;"
