"""The commands that ask an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import isnan
from typing import TYPE_CHECKING

import click

from index.console import command, index_option, json_option, number, print_json
from index.fields import BY_NAME, COUNTED, LABELS, Facet, Period
from index.settings import setting
from search.limits import LONGEST_RECENCY, MAX_EXPORTED, MAX_PER_PAGE, SHORTEST_RECENCY
from search.request import Partial, Sort

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from index.bilingual import Language
    from search.export import Export
    from search.response import Hit, SearchResponse, Statistics

_DAY = click.DateTime(["%Y-%m-%d"])
_MARK = "bold yellow"
_LONGEST_FACT = 100


def _no_nan(ctx: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    """Refuse what is neither below nor above any bound."""
    del ctx, parameter
    if value is not None and isnan(value):
        raise click.BadParameter("nan bukan bilangan / nan is not a number")
    return value


def _facet_options(function: Callable[..., None]) -> Callable[..., None]:
    """A repeatable option for every facet."""
    for field in reversed([BY_NAME[facet] for facet in Facet]):
        text = (
            f"{field.label.indonesian}, utuh atau sebagian; boleh berulang."
            f" / {field.label.english}, whole or a part; repeatable."
        )
        function = click.option(f"--{field.name}", multiple=True, help=text)(function)
    for one in reversed(COUNTED):
        label = LABELS[one]
        if isinstance(one, Period):
            text = f"{label.indonesian}; boleh berulang. / {label.english}; repeatable."
            example = "2017" if one is Period.YEAR else "2017-05"
            function = click.option(f"--{one}", multiple=True, metavar=example, help=text)(function)
        text = (
            f"Tanpa {label.indonesian.lower()} ini; boleh berulang."
            f" / Not this {label.english.lower()}; repeatable."
        )
        function = click.option(f"--exclude-{one}", multiple=True, help=text)(function)
    return function


_language_option = setting(
    "--lang",
    "language",
    type=click.Choice(["id", "en"]),
    default="id",
    show_default=True,
    help="Bahasa catatan. / The language of notes.",
)


@command("search")
@click.argument("query", nargs=-1, required=True, metavar="KUERI...")
@index_option
@click.option("--page", type=click.IntRange(1), default=1, help="Halaman. / Page.")
@click.option(
    "--per-page",
    type=click.IntRange(1, MAX_PER_PAGE),
    default=10,
    show_default=True,
    help="Hasil per halaman. / Hits on a page.",
)
@click.option("--cursor", help="next_cursor jawaban sebelumnya. / next_cursor of an answer.")
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="Urutan. / Order.",
)
@_facet_options
@click.option("--from", "date_from", type=_DAY, help="Sejak tanggal. / From this day on.")
@click.option("--to", "date_to", type=_DAY, help="Sampai tanggal. / Up to this day.")
@click.option(
    "--recency",
    type=click.FloatRange(SHORTEST_RECENCY, LONGEST_RECENCY),
    callback=_no_nan,
    help="Waktu paruh dalam hari. / Half-life in days.",
)
@click.option("--collapse", is_flag=True, help="Gabungkan teks sama. / Fold equal texts.")
@click.option(
    "--partial",
    type=click.Choice([partial.value for partial in Partial]),
    default=Partial.FOLLOW.value,
    show_default=True,
    help="Artikel yang memuat sebagian kata. / Articles with some of the words.",
)
@click.option(
    "--correct",
    type=click.Choice(["on", "off"]),
    default="on",
    show_default=True,
    help="Perbaiki salah ketik. / Correct misspellings.",
)
@click.option("--explain", is_flag=True, help="Rincian skor. / The parts of each score.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=f"Semua hasil, paling banyak {MAX_EXPORTED}, alih-alih satu halaman. / All hits, at most "
    f"{MAX_EXPORTED}, instead of a page.",
)
@_language_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Keluaran CSV. / Print CSV instead of text.")
def search(  # noqa: PLR0917 - one parameter an option
    query: tuple[str, ...],
    index_url: str,
    page: int,
    per_page: int,
    cursor: str | None,
    sort: str,
    date_from: datetime | None,
    date_to: datetime | None,
    recency: float | None,
    collapse: bool,
    partial: str,
    correct: str,
    explain: bool,
    everything: bool,
    language: Language,
    as_json: bool,
    as_csv: bool,
    **filters: tuple[str, ...],
) -> None:
    """Cari artikel / Search for articles.

    "frasa persis", ini TANPA itu, -tanpa, +wajib, ini OR itu, awal*, judul:kata, sumber:antara,
    sejak:2023-01-01.

    "exact phrase", this NOT that, -without, +required, this OR that, begin*, title:word,
    source:antara, since:2023-01-01.

    Kueri dengan tanda kutip diapit tanda kutip lain; kueri yang memuat -kata ditulis setelah
    semua opsi dan "--".

    A query with quotation marks stands between other ones; a query with -word comes after all
    options and "--".

    \b
    Contoh / Example:
      warta search hubungan Rusia Kamboja --sort newest
      warta search '"kereta cepat" Bandung'
      warta search --sort newest -- beras -ambon
      warta search banjir bandang --all --csv > banjir.csv
    """
    from search.answers import export_answer, search_answer
    from search.engine import open_engine
    from search.export import Export, export
    from search.request import SearchRequest
    from search.table import table

    if as_json and as_csv:
        raise click.UsageError("--json, --csv: pilih satu / choose one")
    request = SearchRequest(
        query=" ".join(query),
        page=page,
        per_page=per_page,
        cursor=cursor,
        sort=Sort(sort),
        filters={facet: filters[facet] for facet in Facet},
        excluded={facet: filters[f"exclude_{facet}"] for facet in Facet},
        years=filters["year"],
        months=filters["month"],
        excluded_years=filters["exclude_year"],
        excluded_months=filters["exclude_month"],
        date_from=None if date_from is None else date_from.date(),
        date_to=None if date_to is None else date_to.date(),
        recency=recency,
        collapse=collapse,
        partial=Partial(partial),
        correct=correct == "on",
        explain=explain,
    )
    engine = open_engine(index_url)
    found = export(engine, request) if everything else Export(engine.search(request), iter(()))
    if as_csv:
        for piece in table(batch.hits for batch in found.batches()):
            click.echo(piece, nl=False)
    elif as_json and everything:
        for piece in export_answer(found, language):
            click.echo(piece, nl=False)
        click.echo()
    elif as_json:
        print_json(search_answer(found.first, language))
    else:
        _print(found, language)


@command("stats")
@index_option
@json_option
def stats(*, index_url: str, as_json: bool) -> None:
    """Tampilkan isi indeks / Show what the index holds.

    \b
    Contoh / Example:
      warta stats --index indeks
    """
    from search.answers import statistics_answer
    from search.engine import open_engine

    found = open_engine(index_url).statistics()
    if as_json:
        print_json(statistics_answer(found))
        return
    rows = statistics_rows(found)
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        click.echo(f"{label:<{width}}  {value}")
    for facet, values in found.facets.items():
        if values:
            top = ", ".join(f"{value.value} ({number(value.count)})" for value in values[:8])
            click.echo(f"{facet.value:<{width}}  {top}")


def statistics_rows(found: Statistics) -> list[tuple[str, str]]:
    """Labels and values, without those that the engine does not know."""
    from index.dates import iso_date

    rows = [("artikel / articles", number(found.articles))]
    if found.segments is not None:
        rows.append(("segmen / segments", number(found.segments)))
    if found.terms is not None:
        rows.append(("kata dasar berbeda / distinct stems", number(found.terms)))
    if found.bytes is not None:
        rows.append(("ukuran / size", f"{number(found.bytes / 2**20)} MiB"))
    rows += [
        ("generasi / generation", found.generation),
        ("diterbitkan / published", found.published.isoformat(timespec="seconds")),
        ("versi / version", found.version),
    ]
    if found.oldest is not None and found.newest is not None:
        rows.append(("tanggal / dates", f"{iso_date(found.oldest)} – {iso_date(found.newest)}"))
    if found.command is not None:
        rows.append(("perintah / command", found.command))
    if found.rebuilt is not None:
        rows.append(("dibangun / rebuilt", found.rebuilt.isoformat(timespec="seconds")))
    for label, counts in (
        ("tidak terbaca / skipped", found.skipped),
        ("diperbaiki / repaired", found.repaired),
    ):
        if counts:
            listed = ", ".join(f"{kind} ({number(count)})" for kind, count in counts.items())
            rows.append((label, listed))
    return rows


@command("analyze")
@click.argument("text", nargs=-1, required=True, metavar="TEKS...")
@index_option
@json_option
def analyze(*, text: tuple[str, ...], index_url: str, as_json: bool) -> None:
    """Tampilkan token dan kata dasar / Show tokens, stems and the rule behind each.

    Bila indeks ada, daftar kata penggunanya ikut berlaku. / Where there is an index, the user's
    words that it was built with count.

    \b
    Contoh / Example:
      warta analyze "penangkapan menteri"
    """
    from search.answers import analysis_answer
    from search.engine import open_engine

    tokens = open_engine(index_url).analyze(" ".join(text))
    if as_json:
        print_json(analysis_answer(tokens))
        return
    rows = [("posisi", "token", "bentuk", "dasar", "indeks", "aturan", "bagian")]
    rows += [
        (
            str(one.position),
            one.text,
            one.surface,
            one.stem,
            one.term,
            one.rule,
            " ".join(one.parts),
        )
        for one in tokens
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)))


def _print(found: Export, language: Language) -> None:
    from rich.console import Console
    from rich.text import Text

    from search.messages import sentence

    console = Console(highlight=False)
    response = found.first
    for note in response.notes:
        console.print(Text(sentence(note, language), style="italic"))
    if response.suggestion is not None:
        console.print(Text(f"Maksud Anda / did you mean: {response.suggestion}", style="italic"))
    # One line however wide the terminal is, as scripts look for it.
    console.print(Text(f"{_counts(response)} · {number(response.took_ms)} ms"), soft_wrap=True)
    for batch in found.batches():
        _print_hits(console, batch)


def _print_hits(console: Console, response: SearchResponse) -> None:
    from rich.text import Text

    first = (response.page - 1) * response.per_page + 1
    for rank, hit in enumerate(response.hits, start=first):
        console.print()
        console.print(Text(f"{rank}. "), _marked(hit.title_html, "bold"), sep="", end="\n")
        console.print(Text("   " + _facts(hit), style="dim"))
        if hit.missing:
            lacking = ", ".join(map(_inert, hit.missing))
            console.print(Text(f"   tanpa / without: {lacking}", style="dim"))
        console.print(_marked(hit.snippet_html, ""))
        for part in hit.explanation.parts if hit.explanation else ():
            term = part.term if part.word == part.term else f"{part.term} ← {part.word}"
            through = f"{part.field}:{term}" if part.field else term
            line = f"   {part.value:8.4f}  {part.feature:<7}  {_inert(through)}"
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
    return " · ".join(_inert(fact)[:_LONGEST_FACT] for fact in facts if fact)


def _marked(html: str, style: str) -> Text:
    """The engine's HTML (escaped text and ``<mark>`` elements) for a terminal."""
    from html import unescape

    from rich.text import Text

    text = Text(style=style)
    for number_, piece in enumerate(html.replace("</mark>", "<mark>").split("<mark>")):
        text.append(_inert(unescape(piece)), style=_MARK if number_ % 2 else None)
    return text


def _inert(text: str) -> str:
    """Without characters that steer a terminal."""
    return "".join(
        char if char.isprintable() or char in "\n\t " else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )
