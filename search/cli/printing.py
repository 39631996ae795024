"""Answers for people at a terminal, or as plain lines where they go elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from index.console import number
from index.fields import Facet
from index.printing import shown

if TYPE_CHECKING:
    from index.bilingual import Language
    from search.cli.many import Answered
    from search.export import Export
    from search.response import Hit, SearchResponse

_MARK = "bold yellow"
_LONGEST_FACT = 100

Line = Callable[..., None]
"""Prints a line of pieces, each a text and its style; ``whole``: however wide the terminal is."""


def _printer() -> Line:
    """Lines in their styles at a terminal; elsewhere plain, without what styles take to load."""
    if not sys.stdout.isatty():
        return lambda *pieces, whole=False: click.echo("".join(text for text, _ in pieces))  # noqa: ARG005
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    return lambda *pieces, whole=False: console.print(Text.assemble(*pieces), soft_wrap=whole)


def print_answer(found: Export, language: Language) -> None:
    """An answer, its notes in the language."""
    line, response = _printer(), found.first
    _print_parts(line, response, language)
    _print_notes(line, response, language)
    # One line however wide the terminal is, as scripts look for it.
    line((f"{_counts(response)} · {number(response.took_ms)} ms", ""), whole=True)
    if is_past_the_end(response):
        line((past_the_end(response), "italic"), whole=True)
    for batch in found.batches():
        _print_hits(line, batch)


def print_several(answered: Iterable[Answered], language: Language) -> None:
    """The counts and first hits of several queries, each after the number of its line."""
    printer = _printer()

    def line(text: str, style: str = "") -> None:
        printer((text, style), whole=True)

    for one in answered:
        named = f"[{shown(one.asked.name)}] {shown(one.asked.query or '')}".rstrip()
        if one.response is None:
            assert one.problem is not None
            said = shown(one.problem.in_language(language))
            line(f"{named}: galat / error: {said}", "bold red")
            continue
        line(named, "bold")
        _print_notes(printer, one.response, language)
        line(_counts(one.response))
        for rank, hit in enumerate(one.response.hits, start=1):
            line(f"  {rank}. {shown(hit.title)}")
            line(f"     {_facts(hit)}", "dim")


def _print_notes(line: Line, response: SearchResponse, language: Language) -> None:
    for remark in remarks(response, language):
        line((remark, "italic"), whole=True)


def remarks(response: SearchResponse, language: Language) -> Iterator[str]:
    """Lines on how a query was read and what else may be meant, none of which steers a terminal.

    They are the notes, another spelling, and filters for days among the words.
    """
    from search.messages import sentence

    for note in response.notes:
        yield shown(sentence(note, language))
    if response.suggestion is not None:
        yield shown(f"Maksud Anda / did you mean: {response.suggestion}")
    for offer in response.offers:
        yield shown(f"{offer.label.in_language(language)}: {offer.query}")


def _print_parts(line: Line, response: SearchResponse, language: Language) -> None:
    """Say back what a query with signs or filters was read as; words say themselves."""
    if all(part.word for part in response.understood):
        return
    said = ", ".join(shown(part.text.in_language(language)) for part in response.understood)
    line((f"Dicari / searched for: {said}", "italic"), whole=True)


def _print_hits(line: Line, response: SearchResponse) -> None:
    first = (response.page - 1) * response.per_page + 1
    for rank, hit in enumerate(response.hits, start=first):
        line()
        line((f"{rank}. ", ""), *_marked(hit.title_html, "bold"))
        line(("   " + _facts(hit), "dim"))
        if hit.missing:
            lacking = ", ".join(map(shown, hit.missing))
            line((f"   tanpa / without: {lacking}", "dim"))
        line(*_marked(hit.snippet_html, ""))
        for part in hit.explanation.parts if hit.explanation else ():
            term = part.term if part.word == part.term else f"{part.term} ← {part.word}"
            through = f"{part.field}:{term}" if part.field else term
            told = f"   {part.value:8.4f}  {part.feature:<7}  {shown(through)}"
            line((told.rstrip(), "dim"))


def _counts(response: SearchResponse) -> str:
    """How many articles have all words, and how many some of them."""
    if not response.partial_total:
        return f"{number(response.total)} artikel / articles"
    return (
        f"{number(response.total)} artikel memuat semua kata / articles have all words · "
        f"{number(response.partial_total)} memuat sebagian / have some"
    )


def is_past_the_end(response: SearchResponse) -> bool:
    """Whether the page that was asked for lies behind the last hit."""
    return response.page > 1 and response.listed > 0 and not response.hits


def past_the_end(response: SearchResponse) -> str:
    """That a page lies behind the last hit, and which the last page is."""
    last = number(-(-response.listed // response.per_page))
    return f"Hasil sudah habis; halaman terakhir {last} / no more hits; the last page is {last}"


def _facts(hit: Hit) -> str:
    from index.dates import iso_date

    date = None if hit.date is None else iso_date(hit.date)
    facts = (
        hit.facets.get(Facet.SOURCE),
        date,
        hit.facets.get(Facet.PLACE),
        hit.facets.get(Facet.CATEGORY),
        hit.id,
    )
    return " · ".join(shown(fact)[:_LONGEST_FACT] for fact in facts if fact)


def _marked(html: str, style: str) -> Iterator[tuple[str, str]]:
    """The engine's HTML (escaped text and ``<mark>`` elements) for a terminal, in pieces."""
    from search.marked_html import pieces_of

    for piece, marked in pieces_of(html):
        yield _inert(piece), f"{style} {_MARK}".strip() if marked else style


def _inert(text: str) -> str:
    """Without characters that steer a terminal; lines stay."""
    return "".join(
        char if char.isprintable() or char in "\n\t " else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )
