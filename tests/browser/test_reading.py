"""What readers do with the pages in a browser."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import Reader

PAGES = (
    "/",
    "/search?q=beras",
    "/search?q=beras&source=Lintas+Niaga&from=2023-01-01&sort=newest",
    "/search?q=beras&per_page=1&page=2",
    "/search?q=beras&page=9",
    "/search?q=qwertyuiop",
    "/search?q=perpustakan",
    "/search?q=beras+gempa",
    "/search?q=gempa",
    "/search?q=beras&from=2024-01-01&to=2023-01-01",
    "/search?q=beras&source=Tak+Ada",
    "/search?q=beras&exclude_source=Lintas+Niaga&year=2023&exclude_month=2023-07",
    "/search/values?facet=source&exclude_source=Lintas+Niaga&source=Kabar+Nusa",
    "/search/values?facet=month&facet_query=tiada",
    "/search/values?facet=source",
    "/search/advanced",
    "/search/advanced?q=%22harga+beras%22+-impor+sumber%3Aniaga",
    "/help",
    "/search?q=%22harga+beras%22+-impor+sejak%3A2023+juni+2023&exclude_source=Kabar+Nusa",
    "/article/a2?q=beras",
    "/article/a4?q=gempa",
    "/article/a10",
    "/article/a12",
    "/api",
)


def test_a_search_marks_what_it_found(reader: Reader) -> None:
    reader.open("/")
    reader.one("#q").send_keys("hubungan Rusia Kamboja", Keys.ENTER)
    reader.waits_for(".hits mark")
    assert set(reader.texts(".hit:first-child h2 mark")) == {"Rusia", "Kamboja", "hubungan"}
    assert reader.texts(".hit time")[0] == "1 Juni 2023"
    assert "Phnom Penh" in reader.texts(".hit .dateline")[0]


def test_an_article_stays_marked_and_leads_back(reader: Reader) -> None:
    reader.open("/search?q=beras&source=Lintas+Niaga")
    reader.one(".hit h2 a").click()
    assert "beras" in reader.texts(".body mark")
    reader.one(".way-back a").click()
    assert reader.driver.current_url.endswith("/search?q=beras&source=Lintas+Niaga")


def test_the_keyboard_is_enough(reader: Reader) -> None:
    reader.open("/")
    reader.waits_for(".search-key")
    reader.types("/")
    assert reader.driver.switch_to.active_element.get_attribute("id") == "q"
    reader.types("ge")  # as few as are asked about: no list for fewer comes first
    reader.waits_for("#suggestions [role=option]")
    field = reader.one("#q")
    assert field.get_attribute("aria-expanded") == "true"
    reader.types(Keys.ARROW_DOWN)
    chosen = reader.one("#suggestions [aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert field.get_attribute("value") == chosen.text == "gempa"
    reader.types(Keys.ENTER)
    reader.waits_for_address("/search?q=gempa")
    assert reader.all(".hits mark")


def test_a_headline_says_that_it_is_one(reader: Reader) -> None:
    reader.open("/")
    reader.waits_for(".search-key")
    reader.one("#q").send_keys("gempa")
    reader.waits_for("#suggestions .suggestion-headline")
    headline = reader.one("#suggestions .suggestion-headline")
    label = headline.find_element("css selector", "small").text
    assert label == "judul berita"
    assert reader.one("#suggestions [role=option]").text == "gempa"
    headline.click()
    reader.waits_for_address("/search?q=")
    assert label not in str(reader.one("#q").get_attribute("value"))


def test_a_screen_reader_is_told_how_many_suggestions_there_are(reader: Reader) -> None:
    reader.open("/")
    reader.waits_for(".search-key")
    said = """return document.querySelector("[role=status]").textContent"""
    reader.one("#q").send_keys("gempa")
    reader.waits_for("#suggestions [role=option]")
    assert reader.computes(said) == f"Saran: {len(reader.all('#suggestions [role=option]'))}"
    reader.types(Keys.ESCAPE)
    assert reader.computes(said) == ""


def test_escape_gives_back_what_was_typed(reader: Reader) -> None:
    reader.open("/")
    reader.waits_for(".search-key")
    reader.one("#q").send_keys("ge")
    reader.waits_for("#suggestions [role=option]")
    reader.types(Keys.ARROW_DOWN, Keys.ESCAPE)
    assert reader.one("#q").get_attribute("value") == "ge"
    assert not reader.one("#suggestions").is_displayed()
    assert reader.one("#q").get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize(("path", "place"), [("/search?q=beras", "results"), ("/api", "main")])
def test_the_first_tab_skips_to_the_content(reader: Reader, path: str, place: str) -> None:
    reader.open(path)
    reader.one("body").send_keys(Keys.TAB)
    reader.types(Keys.ENTER)
    assert reader.driver.switch_to.active_element.get_attribute("id") == place


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/search?q=beras", 8),
        ("/search?q=perpustakan", 8),
        ("/search?q=beras+gempa", 8),
        ("/search?q=beras&source=Lintas+Niaga&source=Pelita+Kota&place=Jakarta&from=2023-01-01", 8),
        # A row of parts and a row of offers, one stop each.
        ("/search?q=beras+-impor+-cabai+-kopi+(harga+OR+panen)+juni+2023&from=2020&to=2025", 9),
    ],
)
def test_few_stops_come_before_the_first_hit(
    reader: Reader, path: str, most: int, width: int
) -> None:
    reader.has(width=width)
    reader.open(path)
    reader.one("body").send_keys(Keys.TAB)
    stops = 0
    while not reader.computes("return !!document.activeElement.closest('.hit')"):
        stops += 1
        assert stops <= most
        reader.types(Keys.TAB)


def test_arrows_go_along_what_is_said_back_and_delete_takes_it_off(reader: Reader) -> None:
    reader.open("/search?q=beras+-impor&source=Lintas+Niaga&source=Pelita+Kota")
    reader.waits_for(".chips a[tabindex='-1']")
    chips = reader.all(".chips a")
    assert [chip.get_attribute("tabindex") for chip in chips] == ["0"] + ["-1"] * 4
    chips[0].send_keys(Keys.ARROW_LEFT)
    assert reader.driver.switch_to.active_element.text == "Hapus semua filter"
    reader.types(Keys.HOME, Keys.ARROW_RIGHT, Keys.DELETE)
    reader.waits_for_address("/search?q=beras&source=Lintas+Niaga&source=Pelita+Kota")


def test_every_chip_is_a_stop_without_a_script(reader: Reader) -> None:
    reader.has(script=False)
    reader.open("/search?q=beras+-impor&source=Lintas+Niaga&source=Pelita+Kota")
    assert len(reader.all(".chips a:not([tabindex])")) == 5


def test_a_single_bar_of_the_histogram_is_a_bar(reader: Reader) -> None:
    reader.open("/search?from=2023-06-15&to=2023-06-15")
    (bar,) = reader.all(".histogram a")
    assert bar.size["width"] <= 48


def test_the_bars_of_the_histogram_are_links_with_names(reader: Reader) -> None:
    reader.open("/search?q=beras")
    bars = reader.all(".histogram a")
    assert len(bars) == 4
    assert "Juni 2023: 1" in str(bars[1].accessible_name)
    bars[1].send_keys(Keys.ENTER)
    reader.waits_for_address("from=2023-06-01&to=2023-06-30")
    assert reader.texts(".hit time") == ["15 Juni 2023"]


def test_a_box_is_called_by_its_value_and_how_many_articles_have_it(reader: Reader) -> None:
    reader.open("/search?q=beras")
    boxes = reader.all(".choices input[type=checkbox]")
    names = [str(box.accessible_name) for box in boxes]
    counts = reader.texts(".choices label .count")
    assert len(names) == len(counts) > 3
    assert all(name.endswith(f" {count}") for name, count in zip(names, counts, strict=True))


def test_the_same_text_is_listed_with_its_article(reader: Reader) -> None:
    reader.open("/search?q=gempa")
    reader.one(".same a").click()
    reader.waits_for_address("#copies")
    assert reader.texts("#copies + ul h3")


def test_a_ticked_filter_is_applied_at_once_and_keeps_the_focus(reader: Reader) -> None:
    reader.open("/search?q=beras")
    reader.waits_for("input[name=source]").click()
    reader.waits_for_address("source=")
    assert reader.waits_for(".chip").text
    focused = reader.driver.switch_to.active_element
    assert focused.get_attribute("name") == "source"
    assert focused.is_selected()
    assert "from=" not in reader.driver.current_url


def test_a_browser_that_keeps_nothing_still_runs_the_rest(reader: Reader) -> None:
    blocked = reader.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {
            "source": "Object.defineProperty(window, 'sessionStorage', "
            "{ get() { throw new DOMException('blocked', 'SecurityError'); } })"
        },
    )
    try:
        reader.open("/search?q=beras")
        reader.waits_for("[data-theme-toggle]")
        reader.one("input[name=source]").click()
        reader.waits_for_address("source=")
        assert "from=" not in reader.driver.current_url
    finally:
        reader.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", blocked)


@pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (1280, False)])
def test_one_button_applies_the_filters(reader: Reader, width: int, *, script: bool) -> None:
    reader.has(width=width, script=script)
    reader.open("/search?q=beras&source=Tak+Ada")
    if width < 600:
        reader.one(".filters-open").click()
    seen = """return [...document.querySelectorAll(".filters button[type=submit]")]
        .filter(button => button.getBoundingClientRect().height > 0).length"""
    assert reader.computes(seen) == 1


def test_everything_works_without_javascript(reader: Reader) -> None:
    reader.has(script=False)
    reader.open("/")
    assert not reader.one("[data-theme-toggle]").is_displayed()
    reader.one("#q").send_keys("beras")
    reader.one("#search-form button").click()
    reader.waits_for(".hits mark")
    reader.points_at("input[name=source]")
    reader.points_at(".apply")
    reader.waits_for(".chip")
    reader.one(".hit h2 a").click()
    reader.waits_for(".body mark")
    reader.one(".way-back a").click()
    reader.one(".chip").click()
    assert not reader.all(".chip")
    assert reader.all(".hits mark")


@pytest.mark.parametrize("script", [True, False])
def test_filters_are_a_sheet_on_a_phone(reader: Reader, *, script: bool) -> None:
    reader.has(width=390, script=script)
    reader.open("/search?q=beras")
    assert not reader.one("input[name=source]").is_displayed()
    reader.one(".filters-open").send_keys(Keys.ENTER)
    reader.waits_for("input[name=source]")
    reader.one(".filters-top button").click()
    assert not reader.one("input[name=source]").is_displayed()
    reader.one(".filters-open").click()
    reader.waits_for("input[name=source]").click()
    reader.one(".apply").click()
    reader.waits_for_address("source=")
    assert "(1)" in reader.one(".filters-open").text


def test_other_words_are_corrected_again(reader: Reader) -> None:
    reader.open("/search?q=perpustakan&correct=off")
    reader.one("#q").send_keys(" keliling", Keys.ENTER)
    reader.waits_for_address("keliling")
    assert "correct=" not in reader.driver.current_url
    reader.open("/search?q=perpustakaan&correct=off")
    reader.one("input[name=source]").click()
    reader.waits_for_address("source=")
    assert "correct=off" in reader.driver.current_url


def test_the_language_is_chosen_and_remembered(reader: Reader) -> None:
    reader.open("/search?q=beras")
    assert reader.one("html").get_attribute("lang") == "id"
    reader.one(".languages a[lang=en]").click()
    reader.waits_for("html[lang=en]")
    assert reader.texts(".hit time")[0] == "15 June 2023"
    reader.open("/")
    assert reader.one("html").get_attribute("lang") == "en"


def test_the_theme_follows_the_device_until_one_is_chosen(reader: Reader) -> None:
    colour = "return getComputedStyle(document.documentElement).backgroundColor"
    reader.open("/")
    light = reader.computes(colour)
    reader.has(scheme="dark")
    dark = reader.computes(colour)
    assert light != dark
    reader.waits_for("[data-theme-toggle]").click()
    assert reader.computes(colour) == light
    reader.has(scheme="dark", script=False)
    reader.open("/search?q=beras")
    assert reader.computes(colour) == light


@pytest.mark.parametrize("path", [*PAGES, "/search?page=0"])
def test_no_page_scrolls_sideways_on_a_small_phone(reader: Reader, path: str) -> None:
    reader.has(width=360)
    reader.open(path)
    assert not reader.scrolls_sideways()
    assert all("status of 400" in message for message in reader.console())


def test_an_error_is_a_friendly_page_of_the_site(reader: Reader) -> None:
    reader.open("/search?q=beras&page=0")
    assert reader.one("h1").text
    assert reader.one("#q").get_attribute("value") == "beras"
    reader.open("/article/none")
    assert "status of 404" in reader.console()[-1]
