"""``warta analyze``: the words of a text and their stems."""

from __future__ import annotations

import click

from index.console import command, index_option, json_option, print_json


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
