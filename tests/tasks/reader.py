"""A person before the page: reads what stands there, follows its links, fills in its forms.

No address is made by hand: each comes from an ``href`` or from the fields of a form. A link that is
not there fails the task.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse


class Page:
    """A page that is open before a reader."""

    def __init__(self, client: FlaskClient, address: str = "/", status: int = 200) -> None:
        self.client = client
        self.response = self._opened(address)
        assert self.response.status_code == status, address
        self.address = self.response.request.full_path
        self._root = html.document_fromstring(self.response.text)

    def _opened(self, address: str) -> TestResponse:
        return self.client.get(address, follow_redirects=True)

    @property
    def text(self) -> str:
        """What stands between the head of the page and its foot, in one line."""
        return _line(self._root.get_element_by_id("main"))

    @property
    def hits(self) -> list[str]:
        """The ids of the articles that are listed, in their order."""
        found = self._root.xpath('//ol[@class="hits"]//h2/a/@href')
        return [address.split("?")[0].rpartition("/")[2] for address in found]

    @property
    def count(self) -> int:
        """How many articles the page says that there are."""
        said = self._root.xpath('string(//*[@class="counts"])').split()[0]
        return int(said) if said.isdigit() else 0

    @property
    def query(self) -> str:
        """What stands in the search box."""
        return str(self._root.get_element_by_id("q").get("value"))

    def links(self, words: str) -> list[str]:
        """The addresses of the links whose text, label or title has the words, in their order."""
        return [
            str(link.get("href"))
            for link in self._root.xpath("//a[@href]")
            if any(
                words in " ".join((said or "").split())
                for said in (_line(link), link.get("aria-label"), link.get("title"))
            )
        ]

    def follow(self, words: str) -> Page:
        """The page that the first link with the words leads to."""
        return Page(self.client, self.target(words))

    def target(self, words: str) -> str:
        """Where the first link with the words leads."""
        found = self.links(words)
        assert found, f"no link {words!r} in: {self.text[:600]}"
        return urljoin(self.address, found[0])

    def fetch(self, words: str) -> TestResponse:
        """What the first link with the words gives: a file, or a feed."""
        response = self._opened(self.target(words))
        assert response.status_code == 200, words
        return response

    def search(self, query: str, **fields: str | list[str]) -> Page:
        """The page after typing a query into the box, filling in fields and sending the form."""
        return self.send("/search", {"q": query, **fields})

    def tick(self, name: str, label: str) -> Page:
        """The page after ticking a box and sending the form of the search."""
        boxes = self._root.xpath('//input[@type="checkbox"][@name=$name]', name=name)
        found = [box for box in boxes if self._label(box) == label]
        assert found, f"no box {label!r} among {[self._label(box) for box in boxes]}"
        ticked = [box.get("value") for box in boxes if box.get("checked") is not None]
        return self.send("/search", {name: [*ticked, found[0].get("value")]})

    def send(self, action: str, filled: Mapping[str, str | list[str]]) -> Page:
        """The page that a form leads to: its fields as they stand, but those that are filled in."""
        form = self._root.xpath("//form[@action=$action]", action=action)[0]
        fields = [
            field
            for field in self._root.xpath("//input[@name] | //select[@name]")
            if field.get("form", "-") == form.get("id") or form in field.iterancestors()
        ]
        names = {field.get("name") for field in fields}
        assert names >= set(filled), f"no field {set(filled) - names}"
        pairs = [
            (str(field.get("name")), value)
            for field in fields
            if field.get("name") not in filled
            for value in _values(field)
        ]
        for name, value in filled.items():
            pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return Page(self.client, f"{action}?{urlencode(pairs)}")

    def _label(self, box: html.HtmlElement) -> str:
        """What a box is called: of a value its name, without how many articles have it."""
        label = self._root.xpath("//label[@for=$of]", of=box.get("id"))[0]
        return _line(next(iter(label.xpath("bdi")), label))


def _line(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _values(field: html.HtmlElement) -> list[str]:
    """What a browser sends of a field that nobody touched."""
    if field.tag == "select":
        options = field.xpath(".//option[@selected]") or field.xpath("(.//option)[1]")
        return [options[0].get("value", options[0].text_content())]
    if field.get("type") in {"checkbox", "radio"} and field.get("checked") is None:
        return []
    return [field.get("value", "")]
