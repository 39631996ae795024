"""``python -m tests.relevance.spellings INDEX``: pairs of spellings, asked for both ways.

Words and numbers that news write together or apart. Each line of ``PAIRS`` is one thing, its
spellings apart by a bar; what they find in the index of a news archive has to be the same.
"""

from __future__ import annotations

from math import inf
from pathlib import Path

import click

from search.budget import Budget
from search.local.matching.searcher import Searcher
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking

PAIRS = """
covid 19|covid-19|covid19
vaksin covid 19 jakarta|vaksin covid-19 jakarta
e ktp|e-ktp|ektp
e commerce|e-commerce|ecommerce
e mail|e-mail|email
f 16|f-16|f16
g 20|g-20|g20
u 19|u-19|u19
u 23|u-23|u23
mh 370|mh370|mh-370
ps 4|ps4|ps-4
4 g|4g
liga 1|liga1|liga-1
trans 7|trans7
dota 2|dota2
sepak bola|sepakbola|sepak-bola
timnas sepak bola putri|timnas sepakbola putri
bulu tangkis|bulutangkis
olah raga|olahraga
kerja sama|kerjasama|bekerja sama|bekerjasama|kerja samanya
tanggung jawab|tanggungjawab|bertanggung jawab|pertanggungjawaban
tanda tangan|tandatangan
orang tua|orangtua|orang tuanya
ibu kota|ibukota
wali kota|walikota
balai kota|balaikota
warga negara|warganegara
terima kasih|terimakasih|berterima kasih
dini hari|dinihari
sering kali|seringkali
beri tahu|beritahu|memberi tahu
batu bara|batubara
gempa bumi|gempabumi
sumber daya|sumberdaya
budi daya|budidaya
uji coba|ujicoba
duka cita|dukacita
suka rela|sukarela
kaca mata|kacamata
lini masa|linimasa
reksa dana|reksadana
makro ekonomi|makroekonomi
idul fitri|idulfitri
insya allah|insyaallah
rumah sakit|rumahsakit
jawa timur|jawatimur
bandar lampung|bandarlampung
palangka raya|palangkaraya
hong kong|hongkong
start up|startup|start-up
play off|playoff|play-off
kick off|kickoff|kick-off
make up|makeup|make-up
wi fi|wifi|wi-fi
go jek|gojek|go-jek
mini market|minimarket
data base|database
talk show|talkshow
sub sektor|subsektor|sub-sektor
anti korupsi|antikorupsi|anti-korupsi
anti teror|antiteror|anti-teror
non tunai|nontunai|non-tunai
non aktif|nonaktif|non-aktif
pasca gempa|pascagempa|pasca-gempa
pra musim|pramusim|pra-musim
antar negara|antarnegara|antar-negara
eks presiden|eks-presiden
semi final|semifinal|semi-final
""".strip().splitlines()


class Archive:
    """An index, asked which articles have all that a query asks for."""

    def __init__(self, index: Path) -> None:
        ranking = Ranking()
        self.snapshot = Snapshot(index)
        self._rows = Rows(self.snapshot, ranking.model)
        self._plans = Plans(self._rows, ranking)

    def found(self, query: str) -> frozenset[int]:
        """The numbers of the documents."""
        plan = self._plans.plan(query, Budget(inf))
        if plan.query is None:
            return frozenset()
        searcher = Searcher(self.snapshot, self._rows, Budget(inf))
        return frozenset(searcher.run(plan.query).documents.tolist())


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("index", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(index: Path) -> None:
    """Ask for every pair and print how many articles each spelling finds."""
    archive = Archive(index)
    differ = 0
    for line in PAIRS:
        spellings = line.split("|")
        found = [archive.found(one) for one in spellings]
        same = len(set(found)) == 1
        differ += not same
        counts = [f"{one} {len(which)}" for one, which in zip(spellings, found, strict=True)]
        click.echo(f"{'same ' if same else 'OTHER'}  {', '.join(counts)}")
    click.echo(f"{len(PAIRS) - differ} of {len(PAIRS)} find the same however they are typed")


if __name__ == "__main__":
    main()
