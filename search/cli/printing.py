"""Answers for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.console import number
from index.fields import Facet
from index.printing import shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from index.bilingual import Language
    from search.cli.many import Answered
    from search.export import Export
    from search.response import Hit, SearchResponse

_MARK = "bold yellow"
_LONGEST_FACT = 100


def print_answer(found: Export, language: Language) -> None:
    """An answer, its notes in the language."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    response = found.first
    _print_parts(console, response, language)
    _print_notes(console, response, language)
    # One line however wide the terminal is, as scripts look for it.
    console.print(Text(f"{_counts(response)} · {number(response.took_ms)} ms"), soft_wrap=True)
    for batch in found.batches():
        _print_hits(console, batch)


def print_several(answered: Iterable[Answered], language: Language) -> None:
    """The counts and first hits of several queries, each after the number of its line."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)

    def line(text: str, style: str = "") -> None:
        console.print(Text(text, style=style), soft_wrap=True)

    for one in answered:
        named = f"[{shown(one.asked.name)}] {shown(one.asked.query or '')}".rstrip()
        if one.response is None:
            assert one.problem is not None
            said = shown(one.problem.in_language(language))
            line(f"{named}: galat / error: {said}", "bold red")
            continue
        line(named, "bold")
        _print_notes(console, one.response, language)
        line(_counts(one.response))
        for rank, hit in enumerate(one.response.hits, start=1):
            line(f"  {rank}. {shown(hit.title)}")
            line(f"     {_facts(hit)}", "dim")


def _print_notes(console: Console, response: SearchResponse, language: Language) -> None:
    from rich.text import Text

    for line in remarks(response, language):
        console.print(Text(line, style="italic"), soft_wrap=True)


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


def _print_parts(console: Console, response: SearchResponse, language: Language) -> None:
    """Say back what a query with signs or filters was read as; words say themselves."""
    from rich.text import Text

    if all(part.word for part in response.understood):
        return
    said = ", ".join(shown(part.text.in_language(language)) for part in response.understood)
    console.print(Text(f"Dicari / searched for: {said}", style="italic"), soft_wrap=True)


def _print_hits(console: Console, response: SearchResponse) -> None:
    from rich.text import Text

    first = (response.page - 1) * response.per_page + 1
    for rank, hit in enumerate(response.hits, start=first):
        console.print()
        console.print(Text(f"{rank}. "), _marked(hit.title_html, "bold"), sep="", end="\n")
        console.print(Text("   " + _facts(hit), style="dim"))
        if hit.missing:
            lacking = ", ".join(map(shown, hit.missing))
            console.print(Text(f"   tanpa / without: {lacking}", style="dim"))
        console.print(_marked(hit.snippet_html, ""))
        for part in hit.explanation.parts if hit.explanation else ():
            term = part.term if part.word == part.term else f"{part.term} ← {part.word}"
            through = f"{part.field}:{term}" if part.field else term
            line = f"   {part.value:8.4f}  {part.feature:<7}  {shown(through)}"
            console.print(Text(line.rstrip(), style="dim"))


def _counts(response: SearchResponse) -> str:
    """How many articles have all words, and how many some of them."""
    if not response.partial_total:
        return f"{number(response.total)} artikel / articles"
    return (
        f"{number(response.total)} artikel memuat semua kata / articles have all words · "
        f"{number(response.partial_total)} memuat sebagian / have some"
    )


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


def _marked(html: str, style: str) -> Text:
    """The engine's HTML (escaped text and ``<mark>`` elements) for a terminal."""
    from rich.text import Text

    from search.marked_html import pieces_of

    text = Text(style=style)
    for piece, marked in pieces_of(html):
        text.append(_inert(piece), style=_MARK if marked else None)
    return text


def _inert(text: str) -> str:
    """Without characters that steer a terminal; lines stay."""
    return "".join(
        char if char.isprintable() or char in "\n\t " else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )
