"""``warta search``: one question, or those of a file, answered for people or for programs."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import click

from index.console import index_option, json_option
from index.fields import Facet
from search.cli.command_line import AskingCommand
from search.cli.options import (
    NOTES,
    DayType,
    complete_members,
    facet_options,
    language_option,
    no_nan,
)
from search.cli.output import Form, print_found, with_progress
from search.limits import LONGEST_RECENCY, MAX_PER_PAGE, SHORTEST_RECENCY
from search.request import Partial, SearchRequest, Sort

if TYPE_CHECKING:
    from index.bilingual import Language
    from search.members import Members

_PER_PAGE = 10
_PER_QUERY = 3


@click.command("search", cls=AskingCommand)
@click.argument("query", nargs=-1, metavar="[KUERI...]")
@index_option
@click.option(
    "--queries",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="BERKAS",
    help="Kueri dari berkas, satu per baris, juga id<TAB>teks; - untuk masukan baku. / Queries from"
    " a file, one a line, also id<TAB>text; - for standard input.",
)
@click.option("--page", type=click.IntRange(1), default=1, help="Halaman. / Page.")
@click.option(
    "--per-page",
    type=click.IntRange(1, MAX_PER_PAGE),
    help=f"Hasil per halaman, bawaan {_PER_PAGE}; dengan --queries {_PER_QUERY}. / Hits on a page,"
    f" default {_PER_PAGE}; with --queries {_PER_QUERY}.",
)
@click.option(
    "--cursor",
    is_eager=True,
    help="next_cursor jawaban sebelumnya. / next_cursor of an answer.",
)
@click.option(
    "--sort",
    is_eager=True,
    type=click.Choice([sort.value for sort in Sort]),
    help="Urutan, bawaan relevance. / Order, default relevance.",
)
@facet_options
@click.option(
    "--from",
    "date_from",
    type=DayType(last=False),
    help="Sejak hari, bulan, atau tahun. / From this day, month or year on.",
)
@click.option(
    "--to",
    "date_to",
    type=DayType(last=True),
    help="Sampai hari, bulan, atau tahun. / Up to this day, month or year.",
)
@click.option(
    "--recency",
    type=click.FloatRange(SHORTEST_RECENCY, LONGEST_RECENCY),
    callback=no_nan,
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
    help="Semua hasil alih-alih satu halaman. / All hits instead of a page.",
)
@click.option(
    "--fields",
    metavar="NAMA,...",
    shell_complete=complete_members,
    help="Isi jawaban untuk --json, --jsonl, --csv: id,title,url,body,total,… / What an answer"
    " holds in these: id,title,url,body,total,…",
)
@language_option
@json_option
@click.option(
    "--jsonl",
    "as_lines",
    is_flag=True,
    help="JSON, satu hasil (dengan --queries satu kueri) per baris. / JSON, a hit (with --queries a"
    " query) a line.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Keluaran CSV. / Print CSV instead of text.")
def search(  # noqa: PLR0917 - one parameter an option
    query: tuple[str, ...],
    index_url: str,
    queries: str | None,
    page: int,
    per_page: int | None,
    cursor: str | None,
    sort: str | None,
    date_from: date | None,
    date_to: date | None,
    recency: float | None,
    collapse: bool,
    partial: str,
    correct: str,
    explain: bool,
    everything: bool,
    fields: str | None,
    language: Language,
    as_json: bool,
    as_lines: bool,
    as_csv: bool,
    **filters: tuple[str, ...],
) -> None:
    """Cari artikel / Search for articles.

    "frasa persis", ini TANPA itu, -tanpa, +wajib, ini OR itu, awal*, judul:kata, sumber:antara,
    sejak:2023-01-01.

    "exact phrase", this NOT that, -without, +required, this OR that, begin*, title:word,
    source:antara, since:2023-01-01.

    Kueri dengan tanda kutip diapit tanda kutip lain. Yang diawali satu tanda hubung dan bukan
    opsi adalah kata yang dikecualikan; setelah "--" semuanya kata. Kueri boleh kosong bila ada
    filter atau tanggal.

    A query with quotation marks stands between other ones. What begins with one hyphen and is no
    option is a word to exclude; after "--" all are words. A query may be left out where there are
    filters or dates.

    \b
    Contoh / Example:
      warta search hubungan Rusia Kamboja --sort newest
      warta search '"kereta cepat" Bandung'
      warta search gempa -ambon --sort newest
      warta search --source kompas --from 2017-05 --to 2017-06
      warta search banjir bandang --all --csv --fields date,title,url > banjir.csv
      warta search --queries kueri.txt --jsonl
    """
    from search.cli.many import answer_file
    from search.engine import open_engine
    from search.export import Export, export
    from search.members import narrowed

    form = _form(as_json=as_json, as_lines=as_lines, as_csv=as_csv)
    members = _members(fields, form, of_a_file=queries is not None)
    if explain and form is Form.TABLE and "explanation" not in members.of_hits:
        raise click.UsageError(
            "--explain: dengan --csv tulis --fields id,explanation / with --csv say --fields"
            " id,explanation"
        )
    if everything and page > 1:
        raise click.UsageError("--all: tanpa --page / without --page")
    if date_from is not None and date_to is not None and date_from > date_to:
        raise click.UsageError(
            f"--from {date_from}, --to {date_to}: tidak ada hari di antaranya / no day between them"
        )
    request = SearchRequest(
        query=" ".join(query),
        page=page,
        per_page=per_page or (_PER_PAGE if queries is None else _PER_QUERY),
        cursor=cursor,
        sort=Sort(sort or Sort.RELEVANCE),
        filters={facet: filters[facet] for facet in Facet},
        excluded={facet: filters[f"exclude_{facet}"] for facet in Facet},
        years=filters["year"],
        months=filters["month"],
        excluded_years=filters["exclude_year"],
        excluded_months=filters["exclude_month"],
        date_from=date_from,
        date_to=date_to,
        recency=recency,
        collapse=collapse,
        partial=Partial(partial),
        correct=correct == "on",
        facets=as_json and queries is None,
        explain=explain,
        notes=tuple(click.get_current_context().meta.get(NOTES, ())),
    )
    if queries is not None:
        if query or cursor or everything or page > 1:
            raise click.UsageError(
                "--queries: tanpa KUERI, --page, --cursor, --all / without a query, --page,"
                " --cursor and --all"
            )
        answer_file(open_engine(index_url), request, queries, form, members, language)
        return
    if not (request.query.strip() or request.restricted or everything or sort):
        raise click.UsageError(
            "tulis kueri, atau saring: warta search --source kompas --from 2017-05; semua artikel:"
            " --all / write a query, or filter; all articles: --all"
        )
    request = narrowed(request, members)
    engine = open_engine(index_url)
    if not everything or not members.hits:
        print_found(Export(engine.search(request), iter(())), members, language, form)
        return
    found = export(engine, request, most=None)
    with closing(found), with_progress(found) as shown:
        print_found(shown, members, language, form, whole=True)


def _form(*, as_json: bool, as_lines: bool, as_csv: bool) -> Form:
    chosen = [
        form
        for form, wanted in ((Form.JSON, as_json), (Form.LINES, as_lines), (Form.TABLE, as_csv))
        if wanted
    ]
    if len(chosen) > 1:
        raise click.UsageError("--json, --jsonl, --csv: pilih satu / choose one")
    return chosen[0] if chosen else Form.TEXT


def _members(fields: str | None, form: Form, *, of_a_file: bool) -> Members:
    """What ``--fields`` names. Raises ``UsageError``."""
    from search.members import ALL, UnknownMembers, read_members

    if fields is None:
        return ALL
    if form is Form.TEXT:
        raise click.UsageError("--fields: dengan / with --json, --jsonl, --csv")
    rows = form in {Form.TABLE, Form.LINES} and not of_a_file
    try:
        return read_members(fields, rows=rows)
    except UnknownMembers as error:
        raise click.UsageError(f"--fields: {error.indonesian} / {error.english}") from None
