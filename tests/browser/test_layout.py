"""How the pages are laid out on screens of any width, on paper and in colours of the device."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import Reader

CLIPPED = """
    const found = [];
    for (const link of document.querySelectorAll(".found a, .found button, .article-layout a"))
        for (let e = link; e.tagName !== "MAIN"; e = e.parentElement)
            if (getComputedStyle(e).overflow !== "visible") found.push(e.outerHTML);
    return found;
"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/search?q=beras", "/article/a4?q=gempa"])
def test_nothing_clips_the_ring_around_what_has_the_focus(
    reader: Reader, path: str, width: int
) -> None:
    reader.has(width=width)
    reader.open(path)
    assert reader.computes(CLIPPED) == []


REACH = """
    const cut = [];
    for (const link of document.querySelectorAll(".dateline a")) {
        link.focus({focusVisible: true});
        const {outlineWidth, outlineOffset} = getComputedStyle(link);
        const ring = parseFloat(outlineWidth) + parseFloat(outlineOffset);
        const line = link.closest(".dateline");
        const inset = getComputedStyle(line).clipPath.match(/-?[0-9.]+(?=px)/g).map(Number);
        while (inset.length < 4) inset.push(inset[inset.length - 2]);
        const [inner, outer] = [link.getBoundingClientRect(), line.getBoundingClientRect()];
        const room = [
            inner.top - outer.top - inset[0], outer.right - inset[1] - inner.right,
            outer.bottom - inset[2] - inner.bottom, inner.left - outer.left - inset[3],
        ];
        if (!ring || Math.min(...room) < ring - 0.01) cut.push([link.outerHTML, ring, room]);
    }
    return cut;
"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_line_of_facts_has_room_for_the_ring(reader: Reader, width: int) -> None:
    reader.has(width=width)
    reader.open("/article/a2")
    assert reader.all(".dateline a")
    assert reader.computes(REACH) == []


@pytest.mark.parametrize("path", ["/search?q=beras", "/article/a2?q=beras"])
def test_no_line_of_text_is_cut_on_a_phone(reader: Reader, path: str) -> None:
    reader.has(width=360)
    reader.open(path)
    cut = """return [...document.querySelectorAll("h1, h2, h3, p")]
        .filter(e => getComputedStyle(e).overflow !== "visible").map(e => e.outerHTML)"""
    assert reader.computes(cut) == []


@pytest.mark.parametrize("width", [320, 390])
def test_the_pager_is_one_line_on_a_phone(reader: Reader, width: int) -> None:
    reader.has(width=width)
    reader.open("/search?per_page=1&page=6")
    middles = """return [...document.querySelectorAll(".paging li")].filter(e => e.offsetHeight)
        .map(e => Math.round(e.offsetTop + e.offsetHeight / 2))"""
    assert len(set(reader.computes(middles))) == 1
    assert "6 dari 12" in reader.texts(".paging")[0]


MANY_PAGES = """
    const numbers = [...document.querySelectorAll(".paging .number a")];
    numbers.slice(1, -1).forEach((link, at) => (link.textContent = 500 + at));
    numbers.at(-1).textContent = "1.000";
    return [...document.querySelectorAll(".paging li")].filter(e => e.offsetHeight)
        .map(e => Math.round(e.offsetTop + e.offsetHeight / 2));
"""


def test_the_pager_is_one_line_where_there_are_a_thousand_pages(reader: Reader) -> None:
    reader.open("/search?per_page=1&page=6")
    assert len(set(reader.computes(MANY_PAGES))) == 1


@pytest.mark.parametrize(
    ("path", "width"),
    [
        ("/", 390),
        ("/search?per_page=1&page=6", 390),
        ("/search?q=beras", 390),
        ("/search?q=%22harga+beras%22%7E5+-impor+judul%3A(kereta+OR+pesawat)+sejak%3A2023", 390),
        ("/search/values?facet=source&q=beras", 390),
        ("/search/advanced", 390),
        ("/search/advanced", 320),
        ("/help", 390),
        ("/help", 320),
    ],
)
def test_letters_of_twice_the_size_need_no_scrolling_to_the_side(
    reader: Reader, path: str, width: int
) -> None:
    reader.has(width=width)
    reader.open(path)
    scrolled = """document.documentElement.style.fontSize = "200%";
        return document.documentElement.scrollWidth"""
    assert reader.computes(scrolled) == width


@pytest.mark.parametrize("path", ["/search?q=beras", "/search/values?facet=source&q=beras"])
def test_the_words_of_orders_are_whole_whatever_the_size(reader: Reader, path: str) -> None:
    reader.has(width=390)
    reader.open(path)
    lines = """document.documentElement.style.fontSize = "200%";
        return [...document.querySelectorAll(".sorts :is(a, span)")].map(e => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return [e.textContent.trim().split(" ").length, range.getClientRects().length];
        })"""
    for words, rows in reader.computes(lines):
        assert rows <= words


@pytest.mark.parametrize("width", [320, 360, 385, 390, 401])
@pytest.mark.parametrize("filters", [3, 11])
def test_orders_and_filters_are_one_line_on_a_phone(
    reader: Reader, width: int, filters: int
) -> None:
    reader.has(width=width)
    left_out = "".join(f"&exclude_source=x{number}" for number in range(filters - 1))
    reader.open(f"/search?q=beras{left_out}&from=2020-01-01")
    assert f"({filters})" in reader.computes(
        'return document.querySelector(".filters-open").textContent'
    )
    tops = """return [".sorts", ".filters-open"].map(
        one => document.querySelector(one).getBoundingClientRect().bottom)"""
    sorts, button = reader.computes(tops)
    assert abs(sorts - button) < 10


FOR_CLICKS = (".offers", ".chip-cross", ".clear", ".filters", ".controls", ".paging", ".feeds")


@pytest.mark.parametrize("script", [True, False])
def test_results_are_printed_without_what_is_there_to_click(
    reader: Reader, *, script: bool
) -> None:
    reader.has(script=script)
    reader.open("/search?q=beras+juni+2023&exclude_source=x&exclude_place=y&per_page=1")
    reader.has(media="print")
    for selector in FOR_CLICKS:
        assert reader.all(selector), selector
    clickable = reader.all(", ".join([*FOR_CLICKS, "button", "input", "select"]))
    assert [one.tag_name for one in clickable if one.is_displayed()] == []
    assert reader.texts(".hit h2")
    assert [chip.splitlines()[-1] for chip in reader.texts(".chip")] == ["tanpa x", "tanpa y"]


def test_an_article_is_printed_from_the_edge_of_the_paper_on(reader: Reader) -> None:
    reader.has(media="print")
    reader.open("/article/a2")
    assert reader.computes(
        'return getComputedStyle(document.querySelector(".story")).marginLeft'
    ) == ("0px")


PAINTED = """const style = getComputedStyle(document.querySelector(arguments[0]));
    return style[arguments[1]]"""


def test_what_is_chosen_is_told_in_the_colours_of_the_device(reader: Reader) -> None:
    reader.has(forced=True)
    reader.open("/search?per_page=1&page=6")
    assert reader.computes(PAINTED, ".sorts a", "borderBottomWidth") == "0px"
    assert reader.computes(PAINTED, ".sorts span", "borderBottomWidth") == "2px"
    assert reader.computes(PAINTED, ".paging [aria-current]", "borderTopWidth") == "2px"
    reader.open("/")
    reader.waits_for(".search-key")
    reader.one("#q").send_keys("ge")
    reader.waits_for("#suggestions [role=option]")
    option = "#suggestions [role=option]"
    before = reader.computes(PAINTED, option, "backgroundColor")
    reader.types(Keys.ARROW_DOWN)
    assert reader.computes(PAINTED, option, "backgroundColor") != before


@pytest.mark.parametrize("path", ["/search?q=beras", "/search/advanced"])
def test_every_button_has_an_edge_in_the_colours_of_the_device(reader: Reader, path: str) -> None:
    reader.has(forced=True)
    reader.open(path)
    for button in reader.all("button:not(.tool)"):
        assert button.value_of_css_property("border-top-width") != "0px", button.text


@pytest.mark.parametrize("width", range(240, 420, 12))
def test_no_line_of_the_heading_ends_behind_a_minus_sign(reader: Reader, width: int) -> None:
    reader.has(width=width)
    reader.open("/search?q=harga+beras+-kopi+-%22teh+manis%22+(gula+-jakarta)")
    heights = """return [...document.querySelectorAll(".asked .joined")]
        .map(e => e.getClientRects().length)"""
    assert reader.computes(heights) == [1, 1, 1]


@pytest.mark.parametrize("width", [320, 390])
def test_what_removes_all_filters_begins_where_lines_do(reader: Reader, width: int) -> None:
    reader.has(width=width)
    reader.open("/search?q=beras&source=Lintas+Niaga&source=Pelita+Kota&place=Jakarta+Pusat")
    letters = """const range = document.createRange();
        range.selectNodeContents(document.querySelector(arguments[0]));
        return range.getBoundingClientRect().left"""
    assert reader.computes(letters, ".clear") == reader.computes(letters, "h1 .asked")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_query_leaves_room_for_what_it_finds(reader: Reader, width: int) -> None:
    reader.has(width=width)
    reader.open("/search?q=" + "harga+beras+" * 40)
    lines = 6
    assert reader.one(".asked").size["height"] <= lines * 30
    assert not reader.scrolls_sideways()


def test_the_order_and_the_filters_are_one_line_on_a_small_phone(reader: Reader) -> None:
    reader.has(width=320)
    reader.open("/search?q=beras")
    (order,), (filters,) = reader.all(".sorts"), reader.all(".filters-open")
    assert filters.location["y"] < order.location["y"] + order.size["height"]


DOTS = """return [...document.querySelectorAll(".dateline > *")].map(e => [
    e.getBoundingClientRect().left + parseFloat(getComputedStyle(e).paddingLeft) / 2 + 3,
    e.closest("li").querySelector("h2").getBoundingClientRect().left,
    parseFloat(getComputedStyle(e).paddingLeft)])"""


def test_no_line_of_facts_begins_or_ends_with_a_dot(reader: Reader) -> None:
    reader.has(width=320)
    reader.open("/search?q=beras")
    begins = [(dot, edge) for dot, edge, room in reader.computes(DOTS) if dot < edge + room / 2]
    assert begins
    assert all(dot < edge - 5 for dot, edge in begins)  # which is cut off
