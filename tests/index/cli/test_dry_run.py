"""A dry run tells in a screenful what would be indexed, from what, and what would not and why."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.index.sources.archive import json_lines
from web.cli import main

TEXT = "Harga beras di pasar naik lagi pekan ini, kata para pedagang, dan pembeli pun mengeluh."


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, ["rebuild", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two thousand articles of several columns, among them what is wrong in many ways."""
    path = tmp_path / "arsip.jsonl"
    records: list[dict[str, Any]] = [
        {
            "_id": f"n{number}",
            "judul": f"Harga beras naik lagi di kota nomor {number} dan pembeli mengeluh panjang",
            "konten_berita": TEXT,
            "tanggal_terbit": f"2023-06-{1 + number % 28:02}",
            "portal": f"Portal {number % 9}",
            "kategori_berita": ["Ekonomi", "Olahraga"][number % 2],
            "crawled_at": "2024-01-01T00:00:00Z",
            "catatan_redaksi": TEXT,
            "nama_penulis": "Rina",
        }
        for number in range(2000)
    ]
    records[3]["tanggal_terbit"] = "entah kapan"
    records[4]["tanggal_terbit"] = ""
    records[5]["konten_berita"] = records[5]["judul"] = ""
    records[7]["_id"] = records[6]["_id"]
    path.write_bytes(json_lines(*records) + b'{"rusak\n[1]\n')
    (tmp_path / "gambar.png").write_bytes(b"\x89PNG\0\0\0")
    return tmp_path


def test_it_fits_a_screen(archive: Path) -> None:
    lines = run(archive, "--dry-run", "--index", archive / "i").splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100


def test_it_tells_what_would_be_indexed(archive: Path) -> None:
    output = run(archive, "--dry-run", "--index", archive / "i")
    assert "akan diindeks / would be indexed: 1.998 artikel / articles" in output
    assert (
        "1.996 bertanggal / dated · 2 tanpa tanggal / undated · 1 Jun 2023 – 28 Jun 2023" in output
    )
    assert "sumber / sources: Portal 0 223" in output
    assert "lain / others" in output
    assert "kategori / categories: Ekonomi 999 · Olahraga 999" in output
    assert "id berulang, yang terakhir disimpan / repeated ids, the last is kept: 1 (n6)" in output
    assert not (archive / "i").exists()


def test_it_tells_from_which_columns(archive: Path) -> None:
    output = " ".join(run(archive, "--dry-run", "--index", archive / "i").split())
    for taken in (
        *("id ← _id", "judul ← judul", "isi ← konten_berita", "tanggal ← tanggal_terbit"),
        *("sumber ← portal", "kategori ← kategori_berita", "penulis ← nama_penulis"),
        "catatan_redaksi (teks / text: --map body=catatan_redaksi)",
        "crawled_at (waktu pengambilan / of fetching)",
    ):
        assert taken in output


def test_it_shows_three_articles(archive: Path) -> None:
    (archive / "gambar.png").unlink()
    path = archive / "arsip.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
    lines = run(archive, "--dry-run", "--index", archive / "i").splitlines()
    at = lines.index("contoh / examples:")
    assert all("Harga beras naik lagi di kota" in line for line in lines[at + 1 : at + 4])
    assert "1 Jun 2023 · Portal 0 · Harga beras di pasar" in lines[at + 1]


def test_it_tells_what_would_not_and_why(archive: Path) -> None:
    output = run(archive, "--dry-run", "--index", archive / "i")
    assert "1 × isi kosong / no body text (tidak terbaca / skipped)\n" in output
    assert "→ dilewati; jika teksnya ada di kolom lain, sebutkan dengan --map body=NAMA" in output
    assert "1 × JSON rusak / broken JSON (tidak terbaca / skipped)" in output
    assert "arsip.jsonl:2001" in output
    assert "(diperbaiki / repaired): " in output
    assert "(dilewatkan / passed over): " in output


def test_its_json_has_the_same_facts(archive: Path) -> None:
    facts = json.loads(run(archive, "--dry-run", "--json", "--index", archive / "i"))
    assert (facts["would_index"], facts["dated"], facts["undated"]) == (1998, 1996, 2)
    assert (facts["first"][:10], facts["last"][:10]) == ("2023-06-01", "2023-06-28")
    assert facts["category_counts"] == {"Ekonomi": 999, "Olahraga": 999}
    assert (facts["repeated"], facts["repeated_ids"]) == (1, ["n6"])
    assert [one["id"] for one in facts["samples"]] == ["n0", "n1", "n2"]
    (columns,) = facts["columns"]
    assert columns["fields"]["body"] == ["konten_berita"]
    assert {"column": "crawled_at", "looks_like": "date", "why": "crawled"} in columns["unused"]
    assert facts["problems"]["broken-json"] == 1


def test_nothing_to_index_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines(*[{"judul": "", "naskah_x": TEXT}] * 3))
    output = run(tmp_path, "--dry-run", "--index", tmp_path / "i")
    assert "tidak ada artikel yang akan diindeks / nothing would be indexed" in output
    assert "isi tidak ditemukan / no text found" in output
    assert "naskah_x (teks / text: --map body=naskah_x)" in output


def test_a_last_resort_and_what_stands_in_are_told(tmp_path: Path) -> None:
    records = [{"isi": TEXT, "updated_at": "2023-06-01"}, {"isi": "", "maintext": TEXT}]
    (tmp_path / "a.jsonl").write_bytes(json_lines(*records))
    output = " ".join(run(tmp_path, "--dry-run", "--index", tmp_path / "i").split())
    assert "tanggal ← updated_at (waktu perubahan / of change)" in output
    assert "isi ← isi, kalau kosong / else maintext" in output


def test_a_building_tells_the_columns_once(archive: Path) -> None:
    output = run(archive, "--index", archive / "i", "--workers", "1")
    assert output.count("isi ← konten_berita") == 1
    assert "crawled_at" not in output  # there is a better date
    assert "catatan_redaksi (teks / text: --map body=catatan_redaksi)" in output
    assert "diindeks / indexed 1.998" in output


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """A folder of folders as people have them: nine sets of columns, twelve kinds of problems."""
    for year in range(2001, 2037):
        (tmp_path / f"{year}").mkdir()
        records = [{"id": n, "judul": f"J{n}", "isi": f"{TEXT} {year} {n}"} for n in range(3)]
        (tmp_path / f"{year}/berita.jsonl").write_bytes(json_lines(*records))
    for number in range(8):
        name = f"tabel dengan nama yang panjang {number}.csv"
        header = ",".join(("judul", "isi", *(f"kolom{number}x{column}" for column in range(4))))
        rows = "".join(f'J{n},"{TEXT} {number} {n}",{", ".join([TEXT] * 4)}\n' for n in range(3))
        (tmp_path / name).write_text(f"{header}\n{rows}")
    wrong: list[dict[str, Any]] = [
        {"judul": "J", "isi": "â€œbanjirâ€\x9d di kota", "tanggal": "entah"},
        {"judul": "J", "isi": "a\0b", "tanggal": "2 jam yang lalu"},
        {"judul": "Hanya judul"},
        {"isi": ""},
        {"isi": "\x01 b"},
    ]
    (tmp_path / "aneh.jsonl").write_bytes(json_lines(*wrong) + b'{"rusak\n' * 2000 + b"7\n")
    (tmp_path / "foto.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "foto.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "crawl.log").write_text("2023-01-01 10:00:00 INFO\n")
    (tmp_path / "angka.csv").write_text("bulan,jumlah\nJuni,3\n")
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    return tmp_path


def test_whatever_is_wrong_fits_a_screen(heap: Path) -> None:
    lines = run(heap, "--dry-run", "--index", heap / "i").splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
    assert any("2.000 × JSON rusak" in line for line in lines)
    assert any(line.endswith("jenis masalah lain / and other kinds of problems") for line in lines)


def test_folders_with_the_same_columns_are_told_together(heap: Path) -> None:
    output = run(heap, "--dry-run", "--index", heap / "i")
    assert "  …/*.jsonl (36 berkas / files): judul ← judul · isi ← isi\n" in output
    assert output.count("berita.jsonl") <= 1


def test_what_is_read_is_kept_or_told(heap: Path) -> None:
    facts = json.loads(run(heap, "--dry-run", "--json", "--index", heap / "i"))
    assert facts["read"] == facts["would_index"] + facts["repeated"] + facts["skipped"]
    assert facts["dated"] + facts["undated"] == facts["would_index"]
    built = json.loads(run(heap, "--json", "--workers", "1", "--index", heap / "i"))
    assert built["indexed"] == facts["would_index"]


def test_an_article_that_comes_again_is_counted_once(tmp_path: Path) -> None:
    for name in "ab":
        records = [
            {"id": n, "isi": TEXT, "portal": "P", "tanggal": f"2023-06-0{n}"} for n in (1, 2)
        ]
        (tmp_path / f"{name}.jsonl").write_bytes(json_lines(*records))
    output = run(tmp_path, "--dry-run", "--index", tmp_path / "i")
    assert "akan diindeks / would be indexed: 2 artikel / articles · 2 berkas / files" in output
    assert "  2 bertanggal / dated · 1 Jun 2023 – 2 Jun 2023\n" in output
    assert "sumber / sources: P 2\n" in output
    assert (
        len(output.partition("contoh / examples:\n")[2].partition("masalah")[0].splitlines()) == 2
    )


def test_an_index_among_the_sources_is_told_and_not_read(archive: Path) -> None:
    before = run(archive, "--index", archive / "i", "--workers", "1")
    after = run(archive, "--index", archive / "i", "--workers", "1")
    assert (
        before.count("tidak terbaca / skipped 2") == after.count("tidak terbaca / skipped 2") == 1
    )
    assert "i (indeks Warta / an index of Warta)" in after
    assert "manifest" not in after


@pytest.mark.parametrize("command", ["rebuild", "update"])
@pytest.mark.parametrize(("place", "told"), [("taken", "x.txt"), ("taken/x.txt/i", "directory")])
def test_it_tells_where_an_index_has_no_room(
    tmp_path: Path, command: str, place: str, told: str
) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines({"title": "Beras", "body": TEXT}))
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x.txt").touch()
    given = [command, str(tmp_path / "a.jsonl"), "--dry-run", "--index", str(tmp_path / place)]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 1
    assert told in result.output
    assert "Beras" in result.output


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    output = run(tmp_path, "--dry-run", "--index", tmp_path / "i")
    assert "tidak ada berkas di sana / there is no file there" in output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"no;kolom_a;kolom_b\n1;Judul;{TEXT}\n", "--map body=kolom_b; kolom / columns: no, kolom"),
        (f"a\tb\n1\t{TEXT}\n", "--map body=b; kolom / columns: a, b"),
        (f'k 1,"k, 2"\n1,"{TEXT}"\n', '--map "body=k, 2"; kolom / columns: k 1, k, 2'),
        ("bulan,jumlah\nJuni,3\n", "(kolom / columns: bulan, jumlah)"),
        (f'1,Judul,"{TEXT}",2023-06-01\n' * 3, "tambahkan baris nama di atasnya"),
    ],
)
def test_a_table_without_a_column_of_texts_tells_which_it_has(
    tmp_path: Path, content: str, told: str
) -> None:
    (tmp_path / "a.csv").write_text(content)
    for more in ([], ["--dry-run"]):
        result = CliRunner().invoke(main, ["rebuild", str(tmp_path), *more])
        assert told in " ".join(result.output.split())


def test_the_option_that_is_hinted_at_reads_the_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"no;kolom_a;k b\n1;Judul;{TEXT}\n")
    output = run(tmp_path, "--map", "body=k b", "--dry-run", "--index", tmp_path / "i")
    assert "would be indexed: 1 artikel" in output


def test_records_without_a_text_tell_their_columns(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines({"nama": "x", "harga": 3}, {"nama": "y"}))
    output = run(tmp_path, "--dry-run", "--index", tmp_path / "i")
    assert "kolomnya / its columns: nama · harga" in output


def test_a_column_that_gave_no_name_is_not_told_as_used(tmp_path: Path) -> None:
    records = [{"isi": TEXT, "kategori": "-", "penulis": "None", "sumber": "Portal"}] * 3
    (tmp_path / "a.jsonl").write_bytes(json_lines(*records))
    output = run(tmp_path, "--dry-run", "--index", tmp_path / "i")
    assert "isi ← isi · sumber ← sumber\n" in output


def test_a_column_that_commands_a_terminal_is_shown_without_doing_so(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines({"isi": TEXT, "\x1b[2Jcatatan": TEXT}))
    assert "\x1b" not in run(tmp_path, "--dry-run", "--index", tmp_path / "i")


class TestMap:
    """``--map`` from the command line."""

    def body(self, folder: Path, record: dict[str, Any], *maps: str) -> str:
        (folder / "a.jsonl").write_bytes(json_lines(record))
        options = [part for one in maps for part in ("--map", one)]
        index = folder / "i"
        facts = json.loads(
            run(folder / "a.jsonl", *options, "--dry-run", "--json", "--index", index)
        )
        return str(facts["samples"][0]["begins"])

    @pytest.mark.parametrize(
        ("maps", "begins"),
        [
            (("body=a",), "A"),
            (("body=b", "body=a"), "B"),
            (("body=kosong", "body=a"), "A"),
            (("body=kosong,b",), "B"),
            (("body=tiada,b,a",), "B"),
            (("body=c,d",), "C dan D"),
            (("body=dalam.rendered",), "Dalam"),
            (("body=titik.koma",), "Literal"),
            (("body=daftar.0.teks",), "Pertama"),
            (("body=tiada.rendered",), "Isi"),
            (("body=DALAM.Rendered",), "Dalam"),
            (("body=$.dalam.rendered",), "Dalam"),
            (("body=dalam/rendered",), "Dalam"),
            (("body=daftar[1].teks",), "Kedua"),
            (("body=daftar[].teks",), "Pertama Kedua"),
            (("body=daftar[*].teks",), "Pertama Kedua"),
            (("body=daftar.teks",), "Pertama Kedua"),
            (("Body = b ",), "B"),
            (("body=isi lengkap",), "Spasi"),
            (("body=ISI_LENGKAP",), "Spasi"),
        ],
    )
    def test_names_are_taken_in_order_and_paths_followed(
        self, tmp_path: Path, maps: tuple[str, ...], begins: str
    ) -> None:
        record = {
            "a": "A",
            "b": "B",
            "kosong": "",
            "c,d": "C dan D",
            "isi": "Isi",
            "dalam": {"rendered": "Dalam"},
            "titik": {"koma": "Jalur"},
            "titik.koma": "Literal",
            "daftar": [{"teks": "Pertama"}, {"teks": "Kedua"}],
            "Isi-Lengkap ": "Spasi",
        }
        assert self.body(tmp_path, record, *maps) == begins

    def test_a_name_that_no_record_had_is_told_with_those_there(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(json_lines({"judul": "J", "isi": TEXT}))
        arguments = (tmp_path, "--map", "body=isii", "--index", tmp_path / "i")
        for more in ((), ("--dry-run",)):
            output = run(*arguments, *more)
            assert "--map body=isii: tidak ada kolom itu" in output
            assert "mungkin / perhaps --map body=isi\n" in output
            assert "yang ada / there are: judul · isi" in output
        facts = json.loads(run(*arguments, "--json"))
        assert facts["map_not_found"] == [{"field": "body", "name": "isii"}]

    @pytest.mark.parametrize("wrong", ["headline=x", "body", "body=", "body=,", "=isi"])
    def test_what_cannot_be_a_mapping_is_refused(self, tmp_path: Path, wrong: str) -> None:
        result = CliRunner().invoke(main, ["rebuild", str(tmp_path), "--map", wrong])
        assert result.exit_code == 2
        assert "FIELD salah satu dari / write FIELD=NAME" in result.stderr

    def test_another_mapping_is_another_input(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(json_lines({"isi": TEXT, "b": "Lain."}))
        first: list[str | Path] = [
            tmp_path / "a.jsonl",
            "--if-changed",
            "--json",
            "--index",
            tmp_path / "i",
        ]
        run(*first, "--map", "body=b,isi")
        assert json.loads(run(*first, "--map", "body=b,isi"))["unchanged"] is True
        assert "unchanged" not in json.loads(run(*first, "--map", "body=isi"))


def test_a_table_with_many_columns_fits_a_screen(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([f"kolom_{number}" for number in range(60)] + ["judul", "isi"])
    writer.writerows([[TEXT] * 60 + ["J", TEXT]] * 5)
    (tmp_path / "a.csv").write_text(out.getvalue())
    lines = run(tmp_path, "--dry-run", "--index", tmp_path / "i").splitlines()
    assert len(lines) <= 24


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("boddy=x", "body=x"),
        ("isi=naskah", "body=naskah"),
        ("Judul=x", "title=x"),
        ("tanggal=tgl", "date=tgl"),
        ("penulis=x", "author=x"),
    ],
)
def test_another_name_of_a_field_is_told_by_ours(tmp_path: Path, wrong: str, meant: str) -> None:
    result = CliRunner().invoke(main, ["rebuild", str(tmp_path), "--map", wrong])
    assert result.exit_code == 2
    assert result.stderr.rstrip().endswith(f"mungkin / perhaps {meant}")


def test_a_name_that_a_shell_would_divide_is_told_in_quotation_marks(tmp_path: Path) -> None:
    record = {"judul": "J", "isi": "a", "Kolom, lain": TEXT}
    (tmp_path / "a.jsonl").write_bytes(json_lines(record, record))
    output = run(tmp_path, "--dry-run", "--index", tmp_path / "i")
    assert 'Kolom, lain (teks / text: --map "body=Kolom, lain")' in output


def test_a_path_that_leads_nowhere_is_not_among_the_names(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines({"isi": TEXT, "data": {"a": "b"}}))
    output = run(tmp_path, "--map", "body=data.b", "--dry-run", "--index", tmp_path / "i")
    assert "--map body=data.b: tidak ada kolom itu" in output
    assert "yang ada / there are: isi · data\n" in output


def test_elements_of_xml_are_columns(tmp_path: Path) -> None:
    one, two = (
        f"<tulisan><kepala>J</kepala><naskah_x>{n} {TEXT}</naskah_x></tulisan>" for n in "12"
    )
    (tmp_path / "a.xml").write_text(f"<semua>{one}{two}</semua>")
    output = run(tmp_path, "--dry-run", "--index", tmp_path / "i")
    assert "naskah_x" in output
    output = run(tmp_path, "--map", "body=naskah_x", "--dry-run", "--index", tmp_path / "i")
    assert "isi ← naskah_x" in output
    assert "would be indexed: 2 artikel" in output
