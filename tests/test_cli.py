"""The ``warta`` command as an operator meets it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.build import LocalTarget
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.stemming import StemmerName
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.nodes import NOWHERE, closed_port
from web.cli import _COMMANDS as COMMANDS
from web.cli import main

WITHOUT_INDEX = {"completion", "config", "keys", "queries"}
DIRECTORIES_ONLY = {"backup", "restore"}

NOT_UTF_8 = os.fsdecode(b"\xff")
ARTICLE = {"id": "x1", "title": "Harga beras", "body": "Harga beras naik.", "date": "2023-06-01"}


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)


def answer(*arguments: str | Path, stdin: str | None = None) -> Any:
    return answer_of(*arguments, "--json", stdin=stdin)


def answer_of(*arguments: str | Path, stdin: str | None = None) -> Any:
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def name_in_use(index: Path) -> str:
    return (index / "CURRENT").read_text().strip()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.jsonl"
    lines = [{**ARTICLE, "id": f"x{n}", "title": f"Harga beras {n}"} for n in range(5)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def index(tmp_path: Path, source: Path) -> Path:
    path = tmp_path / "index"
    answer("rebuild", source, "--index", path)
    return path


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_in_both_languages_with_an_example(name: str) -> None:
    text = run(name, "--help").output
    assert "Contoh / Example:" in text
    assert f"warta {name}" in text.split("Example:")[1]
    assert " / " in text.splitlines()[2] + text.splitlines()[3]
    if name not in {"serve", "completion", "config"}:
        assert "--json" in text
    if name not in {"analyze", *WITHOUT_INDEX}:
        assert "WARTA_INDEX" in text


def test_help_imports_neither_whoosh_nor_flask() -> None:
    code = (
        "import sys; from web.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'whoosh', 'flask', 'numpy', 'pydantic', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


_NEVER = (
    "flask",
    "pydantic",
    "babel",
    "multiprocessing",
    "importlib.metadata",
    "tomllib",
    "difflib",
)


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (("search", "beras"), (*_NEVER, "index.build")),
        (("search", "beras", "--json"), (*_NEVER, "index.build", "rich")),
        (("search", "beras", "--csv"), (*_NEVER, "index.build", "rich")),
        (("stats",), (*_NEVER, "index.build", "rich")),
        (("analyze", "beras"), (*_NEVER, "index.build", "rich")),
    ],
    ids=lambda one: " ".join(one[:3]),
)
def test_a_command_that_asks_imports_only_what_asking_takes(
    index: Path, arguments: tuple[str, ...], unneeded: tuple[str, ...]
) -> None:
    code = (
        "import sys; from web.cli import main\n"
        f"try: main({[*arguments, '--index', str(index)]})\n"
        "except SystemExit as end: status = end.code\n"
        f"heavy = {set(unneeded)} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else status)"
    )
    environment = {name: value for name, value in os.environ.items() if name[:6] != "WARTA_"}
    subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, env=environment
    )


def test_rebuild_accounts_for_every_record(tmp_path: Path, source: Path) -> None:
    with source.open("a") as stream:
        stream.write('{"broken\n{"id": "x1", "title": "Lagi", "body": "Isi lagi."}\n{"id": "e"}\n')
    facts = answer("rebuild", source, "--index", tmp_path / "i")
    assert (facts["read"], facts["skipped"], facts["indexed"]) == (8, 2, 5)
    assert (facts["repeated"], facts["articles"]) == (1, 5)
    assert {one["line"] for one in facts["examples"]} == {6, 8}


def test_a_summary_for_people_names_file_and_line(tmp_path: Path, source: Path) -> None:
    with source.open("a") as stream:
        stream.write('{"broken\n')
    result = run("rebuild", source, "--index", tmp_path / "i")
    assert result.exit_code == 0
    assert "dibaca / read 6" in result.stdout
    assert f"{source}:6" in result.stderr


def test_strict_stops_and_publishes_nothing(tmp_path: Path, source: Path) -> None:
    with source.open("a") as stream:
        stream.write('{"broken\n')
    result = run("rebuild", source, "--index", tmp_path / "i", "--strict")
    assert result.exit_code == 1
    assert "Galat:" in result.stderr
    assert f"{source}:6" in result.stderr
    assert Store(tmp_path / "i").current_name() is None


def test_nothing_indexed_is_status_1_and_the_old_index_stays(tmp_path: Path, index: Path) -> None:
    before = (index / "CURRENT").read_text()
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n\n")
    assert run("rebuild", empty, "--index", index).exit_code == 1
    assert (index / "CURRENT").read_text() == before


def test_a_dry_run_reads_and_writes_nothing(tmp_path: Path, source: Path) -> None:
    facts = answer("rebuild", source, "--index", tmp_path / "i", "--dry-run")
    assert facts["read"] == 5
    assert not (tmp_path / "i").exists()


def test_standard_input_is_json_lines(tmp_path: Path) -> None:
    facts = answer("rebuild", "-", "--index", tmp_path / "i", stdin=json.dumps(ARTICLE) + "\n")
    assert facts["articles"] == 1


def test_other_field_names_are_mapped(tmp_path: Path) -> None:
    line = json.dumps({"nama": "Judul", "teks": "Isi berita."}) + "\n"
    path = tmp_path / "i"
    answer("rebuild", "-", "--map", "title=nama", "--map", "body=teks", "--index", path, stdin=line)
    assert answer("search", "berita", "--index", path)["hits"][0]["title"] == "Judul"
    wrong = run("rebuild", "-", "--map", "headline=x", "--index", path, stdin=line)
    assert wrong.exit_code == 2
    assert "headline" in wrong.stderr


def test_if_changed_leaves_an_index_of_the_same_files(index: Path, source: Path) -> None:
    before = (index / "CURRENT").read_text()
    again = ("rebuild", source, "--index", index, "--if-changed")
    assert answer(*again)["unchanged"] is True
    assert (index / "CURRENT").read_text() == before
    with source.open("a") as stream:
        stream.write(json.dumps({**ARTICLE, "id": "new"}) + "\n")
    assert answer(*again)["articles"] == 6


def test_if_changed_rebuilds_an_index_of_another_version(index: Path, source: Path) -> None:
    manifest = index / "generations" / (index / "CURRENT").read_text().strip() / MANIFEST
    manifest.write_bytes(to_bytes(replace(from_bytes(manifest.read_bytes()), version="schema 0")))
    facts = answer("rebuild", source, "--index", index, "--if-changed")
    assert facts["indexed"] == 5
    assert answer("search", "beras", "--index", index)["total"] == 5


def test_if_changed_rebuilds_a_damaged_index(index: Path, source: Path) -> None:
    name = (index / "CURRENT").read_text().strip()
    next((index / "generations" / name).glob("*.inv")).unlink()
    assert answer("rebuild", source, "--index", index, "--if-changed")["indexed"] == 5
    assert answer("search", "beras", "--index", index)["total"] == 5


def test_from_index_needs_no_source(index: Path, source: Path) -> None:
    source.unlink()
    assert answer("rebuild", "--from-index", "--index", index)["articles"] == 5
    assert run("rebuild", "--index", index).exit_code == 2


def test_from_index_without_one_makes_nothing(tmp_path: Path) -> None:
    result = run("rebuild", "--from-index", "--index", tmp_path / "none")
    assert result.exit_code == 1
    assert "there is no index at" in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("option", ["--dry-run", "--if-changed"])
def test_from_index_refuses_options_that_mean_nothing_there(index: Path, option: str) -> None:
    result = run("rebuild", "--from-index", option, "--index", index)
    assert result.exit_code == 2
    assert option in result.stderr.splitlines()[-1]


def test_from_an_index_without_articles_the_error_names_the_index(index: Path) -> None:
    answer("delete", *(f"x{n}" for n in range(5)), "--index", index)
    result = run("rebuild", "--from-index", "--index", index)
    assert result.exit_code == 1
    assert f"read from {index};" in result.stderr


def test_disjunction_of_the_user_are_part_of_the_index(tmp_path: Path, source: Path) -> None:
    words = tmp_path / "kata.txt"
    words.write_text("pertanian\n")
    place = ("--index", tmp_path / "index")
    built = answer("rebuild", source, "--words", words, *place)
    assert answer("analyze", "pertanian", *place)["tokens"][0]["rule"] == "user"
    assert (
        answer("analyze", "pertanian", "--index", tmp_path / "none")["tokens"][0]["stem"] == "tani"
    )
    assert ", words " in answer("stats", *place)["version"]
    unchanged = answer("rebuild", source, "--words", words, "--if-changed", *place)
    assert unchanged["generation"] == built["generation"]
    words.write_text("pertanian\ngojek\nkpk = komisi\n")
    shown = run("rebuild", source, "--words", words, "--index", tmp_path / "other").stdout
    assert "2 dilindungi / protected · 1 sinonim / synonyms" in shown
    changed = answer("rebuild", source, "--words", words, "--if-changed", *place)
    assert changed["generation"] != built["generation"]


def test_words_that_cannot_be_read_are_refused_before_the_work(
    tmp_path: Path, source: Path
) -> None:
    words = tmp_path / "kata.txt"
    words.write_text("bank dunia\n")
    result = run("rebuild", source, "--words", words, "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert f"{words}, line 1" in result.stderr
    assert not (tmp_path / "index").exists()


def test_update_and_delete(index: Path) -> None:
    line = json.dumps({**ARTICLE, "id": "x1", "title": "Gempa"}) + "\n"
    facts = answer("update", "-", "--index", index, stdin=line)
    assert (facts["indexed"], facts["replaced"], facts["articles"]) == (1, 1, 5)
    facts = answer("delete", "x1", "nobody", "--index", index)
    assert (facts["deleted"], facts["unknown"], facts["articles"]) == (1, ["nobody"], 4)
    assert run("delete", "nobody", "--index", index).exit_code == 1


def test_files_that_number_from_one_keep_apart_through_rebuild_update_and_delete(
    tmp_path: Path,
) -> None:
    index, folder = tmp_path / "i", tmp_path / "arsip"
    folder.mkdir()
    for name in ("a", "b"):
        line = {**ARTICLE, "id": 1, "title": f"Gempa {name}", "body": f"Gempa di {name}."}
        (folder / f"{name}.jsonl").write_text(json.dumps(line))
    facts = answer("rebuild", folder, "--index", index)
    assert (facts["articles"], facts["problems"]) == (2, {"same-id": 1})
    facts = answer("update", folder / "b.jsonl", "--index", index)
    assert (facts["articles"], facts["replaced"], facts["problems"]) == (2, 1, {"same-id": 1})
    facts = answer("delete", "b.jsonl:1", "--index", index)
    assert (facts["articles"], facts["deleted"]) == (1, 1)


def test_how_far_packed_files_unpack_is_a_choice(tmp_path: Path) -> None:
    bomb = tmp_path / "a.jsonl.gz"
    bomb.write_bytes(gzip.compress(json.dumps({**ARTICLE, "body": "naik " * 400_000}).encode()))
    few = ("--max-unpacked", "1", "--max-ratio", "100")
    facts = answer("rebuild", bomb, "--dry-run", *few)
    assert facts["problems"] == {"unpacks-too-far": 1}
    for limits in ((), (*few[:2], "--max-ratio", "2000"), ("--max-unpacked", "3", *few[2:])):
        assert answer("rebuild", bomb, "--dry-run", *limits)["problems"] == {}


def test_commit_every_publishes_in_parts(tmp_path: Path, source: Path) -> None:
    path = tmp_path / "i"
    facts = answer("update", source, "--commit-every", "2", "--index", path)
    assert (facts["indexed"], facts["articles"]) == (5, 5)
    assert len(list((path / "generations").iterdir())) == 3


def test_what_was_published_before_a_bad_article_is_told(tmp_path: Path, source: Path) -> None:
    with source.open("a") as stream:
        stream.write('{"broken\n')
    path = tmp_path / "i"
    result = run("update", source, "--strict", "--commit-every", "2", "--index", path)
    assert result.exit_code == 1
    assert f"{source}:6" in result.stderr
    told = f"4 artikel sudah diterbitkan / articles were already published: {name_in_use(path)}\n"
    assert told in result.stderr
    assert answer("stats", "--index", path)["articles"] == 4


def test_verify_names_a_damaged_file_and_rollback_repairs(index: Path, source: Path) -> None:
    answer("rebuild", source, "--index", index)
    assert answer("verify", "--index", index) == {"damaged": []}
    name = (index / "CURRENT").read_text().strip()
    segment = next((index / "generations" / name).glob("*.inv"))
    segment.write_bytes(segment.read_bytes()[:-5])
    result = run("verify", "--index", index)
    assert result.exit_code == 1
    assert segment.name in result.stdout
    failing = run("search", "beras", "--index", index)
    assert failing.exit_code == 1
    assert "warta rollback" in failing.stderr
    assert answer("rollback", "--index", index)["generation"] != name
    assert answer("search", "beras", "--index", index)["total"] == 5


def test_rollback_repairs_a_garbled_current(index: Path) -> None:
    name = name_in_use(index)
    (index / "CURRENT").write_text("garbage")
    assert answer("rollback", "--index", index)["generation"] == name


def test_rollback_goes_where_it_is_told_and_says_what_it_skips(index: Path) -> None:
    first = name_in_use(index)
    answer("delete", "x1", "--index", index)
    second = name_in_use(index)
    answer("delete", "x2", "--index", index)
    third = name_in_use(index)
    manifest = index / "generations" / second / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"delete", b"remove"))
    refused = run("rollback", second, "--index", index)
    assert refused.exit_code == 1
    assert f"{second}: manifest.json: " in refused.stderr
    assert f"{third} stays in use" in refused.stderr
    done = run("rollback", "--index", index)
    assert f"dilewati / skipped: {second}/manifest.json: " in done.stderr
    assert done.stdout == f"generasi yang dipakai / generation in use: {first}\n"
    back = answer("rollback", third, "--index", index)
    assert back == {"generation": third, "left": first, "skipped": []}
    for name in ("20200101T000000000000-00000000", "x", "../..", third):
        assert run("rollback", name, "--index", index).exit_code == 1
    (skipped,) = answer("rollback", "--index", index)["skipped"]
    assert (skipped["generation"], skipped["file"]) == (second, MANIFEST)


@pytest.mark.parametrize("name", ["stats", "search", "verify", "rollback", "delete", "update"])
def test_an_index_that_cannot_be_read_is_status_1(index: Path, source: Path, name: str) -> None:
    (index / "CURRENT").unlink()
    (index / "CURRENT").mkdir()
    arguments = {"search": ("beras",), "delete": ("x1",), "update": (source,)}
    result = run(name, *arguments.get(name, ()), "--index", index)
    assert result.exit_code == 1
    assert f"Galat: {index}/CURRENT tidak dapat dibaca: itu direktori" in result.stderr
    assert f"Error: {index}/CURRENT cannot be read: it is a directory" in result.stderr


def test_generations_lists_what_there_is_to_go_back_to(index: Path) -> None:
    first = name_in_use(index)
    answer("delete", "x1", "--index", index)
    second = name_in_use(index)
    (old, new) = answer("generations", "--index", index)["generations"]
    assert (old["generation"], old["articles"], old["in_use"]) == (first, 5, False)
    assert (new["generation"], new["articles"], new["in_use"]) == (second, 4, True)
    for one in (old, new):
        folder = index / "generations" / one["generation"]
        files = [path for path in folder.iterdir() if path.name != MANIFEST]
        assert one["bytes"] == sum(path.stat().st_size for path in files)
        published = from_bytes((folder / MANIFEST).read_bytes()).published
        assert datetime.fromisoformat(one["published"]) == published
    answer("rollback", "--index", index)
    (old, new) = answer("generations", "--index", index)["generations"]
    assert (old["in_use"], new["in_use"]) == (True, False)


def test_generations_are_printed_for_people_in_both_languages(index: Path) -> None:
    answer("delete", "x1", "--index", index)
    result = run("generations", "--index", index)
    assert result.exit_code == 0
    old, new = result.stdout.splitlines()
    assert re.fullmatch(
        r"\S+  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d WIB +5 artikel / articles +\d+,\d MiB"
        r" +utuh / intact",
        old,
    )
    assert old.split()[0] != name_in_use(index)
    assert new.split()[0] == name_in_use(index)
    assert " 4 artikel / articles " in new
    assert new.endswith("  dipakai / in use  utuh / intact")


def test_prune_drops_old_generations(index: Path, source: Path) -> None:
    answer("rebuild", source, "--index", index)
    assert len(answer("prune", "--index", index)["removed"]) == 1
    kept = [{"generation": name_in_use(index), "why": ["in_use", "newest"]}]
    assert answer("prune", "--index", index) == {"removed": [], "kept": kept}


def test_search_in_the_terminal_shows_matches_and_facts(sample_index: Path) -> None:
    result = run("search", "hubungan", "Rusia", "Kamboja", "--index", sample_index, "--explain")
    assert result.exit_code == 0
    assert "Rusia dan Kamboja perkuat hubungan" in result.stdout
    assert "Kabar Nusa · 2023-06-01 · Phnom Penh · Politik · a1" in result.stdout
    assert "body:kamboja" in result.stdout


def test_all_hits_are_printed_instead_of_a_page(sample_index: Path) -> None:
    words = ("search", "beras", "--per-page", "2", "--index", sample_index)
    page, whole = answer(*words), answer(*words, "--all")
    assert whole.keys() == page.keys()
    assert (len(page["hits"]), len(whole["hits"])) == (2, whole["total"])
    assert whole["hits"][:2] == page["hits"]
    shown = run(*words, "--all").stdout
    assert len(re.findall(r"^\d+\. ", shown, re.MULTILINE)) == whole["total"]


def test_hits_are_printed_as_the_table_that_spreadsheets_read(sample_index: Path) -> None:
    words = ("search", "beras", "--per-page", "2", "--csv", "--index", sample_index)
    hits = answer("search", "beras", "--index", sample_index)["hits"]
    for options, expected in (((), hits[:2]), (("--all",), hits)):
        result = run(*words, *options)
        table = csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline=""))
        assert [row["id"] for row in table] == [hit["id"] for hit in expected]
    assert run(*words, "--json").exit_code == 2


def test_search_takes_filters_and_dates(sample_index: Path) -> None:
    options = ("--place", "ambon", "--from", "2024-01-11", "--sort", "oldest")
    found = answer("search", "gempa", *options, "--index", sample_index)
    assert [hit["id"] for hit in found["hits"]] == ["a5"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("search",),
        ("search", "a", "--per-page", "0"),
        ("search", "a", "--sort", "best"),
        ("search", "a", "--from", "entah"),
        ("rebuild", "x", "--workers", "0"),
        ("search", "a", "--recency", "nan"),
        ("search", "a", "--recency", "inf"),
        ("search", "a", "--recency", "1e-320"),
        ("nothing",),
    ],
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "name", ["search", "stats", "delete", "verify", "generations", "rollback", "prune"]
)
def test_without_an_index_every_command_says_how_to_build_one(tmp_path: Path, name: str) -> None:
    arguments = [name, "x"] if name in {"search", "delete"} else [name]
    result = run(*arguments, "--index", tmp_path / "none")
    assert result.exit_code == 1
    assert "warta rebuild" in result.stderr
    assert "Galat:" in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.fixture(params=["closed port", "unknown host"])
def node(request: pytest.FixtureRequest) -> str:
    return closed_port() if request.param == "closed port" else NOWHERE


@pytest.mark.parametrize(
    "name",
    [one for one in COMMANDS if one not in {"serve", *DIRECTORIES_ONLY, *WITHOUT_INDEX}],
)
def test_every_command_says_that_a_cluster_cannot_be_reached(
    name: str,
    node: str,
    source: Path,
    judged: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments: dict[str, tuple[str | Path, ...]] = {
        "rebuild": (source,),
        "update": (source, "--commit-every", "2"),
        "delete": ("x1",),
        "search": ("beras",),
        "analyze": ("menangkap",),
        "evaluate": judged,
    }
    monkeypatch.chdir(source.parent)
    before = sorted(source.parent.rglob("*"))
    url = f"opensearch://{node}/berita"
    result = run(name, *arguments.get(name, ()), "--index", url)
    assert result.exit_code == 1
    assert result.stdout == ""
    indonesian, english = result.stderr.splitlines()
    assert indonesian.startswith(f"Galat: klaster di {node} tidak dapat dihubungi: ")
    assert indonesian.endswith("atau sebutkan indeks lain dengan --index")
    assert english.startswith(f"Error: the cluster at {node} cannot be reached: ")
    assert english.endswith("or name another index with --index")
    assert sorted(source.parent.rglob("*")) == before


@pytest.mark.parametrize("name", sorted(DIRECTORIES_ONLY))
def test_a_command_for_directories_says_so_of_a_cluster(
    name: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source.parent)
    before = sorted(source.parent.rglob("*"))
    result = run(name, source.name, "--index", f"opensearch://{NOWHERE}/berita")
    assert (result.exit_code, result.stdout) == (1, "")
    indonesian, english = result.stderr.splitlines()
    assert f"warta {name} untuk indeks dalam direktori" in indonesian
    assert f"warta {name} is for an index in a directory" in english
    assert sorted(source.parent.rglob("*")) == before


@pytest.mark.parametrize("options", [("--if-changed",), ("--from-index",)])
def test_a_rebuild_asks_a_cluster_before_it_reads(source: Path, options: tuple[str]) -> None:
    sources = () if options == ("--from-index",) else (source,)
    result = run("rebuild", *sources, *options, "--index", f"opensearch://{closed_port()}/berita")
    assert result.exit_code == 1
    assert "cannot be reached" in result.stderr


def test_the_environment_may_name_a_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    node = closed_port()
    monkeypatch.setenv("WARTA_INDEX", f"opensearch://{node}/berita")
    assert f"cluster at {node}" in run("stats").stderr


def test_an_index_may_be_named_by_the_url_of_its_directory(tmp_path: Path, source: Path) -> None:
    path = tmp_path / "surat kabar"
    place = ("--index", path.as_uri())
    assert "%20" in place[1]
    assert answer("rebuild", source, *place)["articles"] == 5
    assert answer("search", "beras", *place)["total"] == 5
    assert answer("verify", "--index", path) == {"damaged": []}


@pytest.mark.parametrize("name", ["a:b", "C:x", "./opensearch:x"])
def test_an_index_may_have_a_colon_in_its_name(
    name: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer("rebuild", source, "--index", name)
    assert (tmp_path / name / "CURRENT").exists()


@pytest.mark.parametrize("name", [one for one in COMMANDS if one not in WITHOUT_INDEX])
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("redis://x:1/y", 'skema "redis" tidak dikenal'),
        ("opensearch://x/y", "bentuk URL-nya keliru"),
        ("opensearch:/x:1/y", "bentuk URL-nya keliru"),
        ("file:/x", "bentuk URL-nya keliru"),
        (f"opensearch://x:1/{NOT_UTF_8}", "bentuk URL-nya keliru"),
        ("file://x/y", "bentuk URL-nya keliru"),
    ],
)
def test_what_names_no_index_is_wrong_usage(name: str, url: str, said: str) -> None:
    result = run(name, "--index", url)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "opensearch://HOST:PORT/ALIAS" in result.stderr
    assert "write a directory" in result.stderr


def test_a_file_is_no_index(source: Path) -> None:
    for place in (source, source.as_uri()):
        result = run("stats", "--index", place)
        assert result.exit_code == 2
        assert f"Directory '{source}' is a file" in result.stderr


def test_the_help_of_index_says_that_it_is_a_directory_or_a_url() -> None:
    text = " ".join(run("stats", "--help").output.split())
    assert "Direktori atau URL indeks. / The index: its directory or URL." in text


def test_shells_complete_the_index_with_directories() -> None:
    environment = {
        **os.environ,
        "_WARTA_COMPLETE": "bash_complete",
        "COMP_WORDS": "warta stats --index ind",
        "COMP_CWORD": "3",
    }
    command = [sys.executable, "-c", "from web.cli import main; main(prog_name='warta')"]
    completed = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    assert completed.stdout == "dir,ind\n"


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_help_of_a_command_loads_no_index(name: str) -> None:
    code = (
        "import sys; from web.cli import main\n"
        f"try: main(['{name}', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'whoosh', 'flask', 'numpy', 'pydantic', 'http.client'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "beras", NOT_UTF_8),
        ("search", "beras", "--source", NOT_UTF_8),
        ("search", "beras", "--cursor", NOT_UTF_8),
        ("delete", NOT_UTF_8),
        ("analyze", NOT_UTF_8),
        ("rebuild", "-", "--map", f"title={NOT_UTF_8}"),
    ],
)
def test_text_that_is_not_utf_8_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "bukan UTF-8 / not UTF-8" in result.stderr


@pytest.mark.parametrize("name", ["rebuild", "update", "backup"])
def test_a_place_without_a_name_is_not_the_working_directory(
    tmp_path: Path, source: Path, index: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a shell's variable that is not set."""
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty if name == "backup" else source.parent)
    before = name_in_use(index)
    result = run(name, "", "--index", index)
    assert result.exit_code != 0
    assert "kosong" in result.stderr
    assert name_in_use(index) == before
    assert list(empty.iterdir()) == []


def test_a_source_that_is_not_there_is_told_in_both_languages(tmp_path: Path) -> None:
    result = run("rebuild", tmp_path / "nowhere", "--index", tmp_path / "i")
    assert "nowhere tidak dapat dibaca: tidak ada;" in result.stderr
    assert "nowhere cannot be read: it is not there;" in result.stderr


def test_paths_may_hold_any_bytes(tmp_path: Path) -> None:
    """As a process: there what is printed is encoded."""
    index = f"{tmp_path}/indeks{NOT_UTF_8}"

    def warta(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "web.cli", *arguments, "--index", index, "--json"]
        return subprocess.run(command, capture_output=True, check=False)

    missing = warta("stats")
    assert missing.returncode == 1
    assert b"Error: there is no index" in missing.stderr
    source = f"{tmp_path}/berita{NOT_UTF_8}.jsonl"
    Path(source).write_text(json.dumps(ARTICLE) + '\n{"broken\n')
    built = warta("rebuild", source)
    assert built.returncode == 0, built.stderr
    example = json.loads(built.stdout)["examples"][0]
    assert example["file"] == f"{tmp_path}/berita\N{REPLACEMENT CHARACTER}.jsonl"
    assert json.loads(warta("search", "beras").stdout)["total"] == 1
    assert warta("verify").returncode == 0


def test_analyze_reports_a_damaged_index(index: Path) -> None:
    (index / "generations" / name_in_use(index) / MANIFEST).write_bytes(b"{}")
    result = run("analyze", "penangkapan", "--index", index)
    assert result.exit_code == 1
    assert "warta rollback" in result.stderr


def test_analyze_knows_the_words_of_an_index_of_another_version(
    tmp_path: Path, source: Path
) -> None:
    words = tmp_path / "kata.txt"
    words.write_text("pertanian\n")
    index = tmp_path / "index"
    name = answer("rebuild", source, "--words", words, "--index", index)["generation"]
    manifest = index / "generations" / name / MANIFEST
    manifest.write_bytes(to_bytes(replace(from_bytes(manifest.read_bytes()), version="schema 0")))
    assert answer("analyze", "pertanian", "--index", index)["tokens"][0]["rule"] == "user"


def test_stats_and_analyze_print_for_people(sample_index: Path) -> None:
    shown = run("stats", "--index", sample_index).stdout
    assert re.search(r"^artikel / articles +12$", shown, re.MULTILINE)
    assert answer("stats", "--index", sample_index)["articles"] == 12
    assert "nasal" in run("analyze", "penangkapan").stdout
    assert answer("analyze", "penangkapan")["tokens"][0]["rule"] == "nasal"


@pytest.fixture
def judged(tmp_path: Path) -> tuple[Path, Path]:
    """Queries and judgements over the sample index."""
    (tmp_path / "q").write_text("1\tharga beras\n2\tgempa\n3\ttanpa penilaian\n")
    (tmp_path / "r").write_text("1 0 a2 1\n2 0 a5 1\n")
    return tmp_path / "q", tmp_path / "r"


def test_evaluate_prints_measures(judged: tuple[Path, Path], sample_index: Path) -> None:
    arguments = ("evaluate", *judged, "--index", sample_index)
    assert re.search(r"^success@1   [01]\.\d{4}$", run(*arguments).stdout, re.MULTILINE)
    assert "1 tanpa penilaian" in run(*arguments).stderr
    found = answer(*arguments)
    assert found["queries"]["1"]["mrr_10"] == 1
    assert found["unjudged"] == ["3"]
    assert "against" not in found


def test_evaluate_compares_with_a_run_that_it_wrote(
    tmp_path: Path, judged: tuple[Path, Path], sample_index: Path
) -> None:
    path = tmp_path / "out.run"
    arguments = ("evaluate", *judged, "--index", sample_index)
    answer(*arguments, "--run", path)
    assert {line.split()[0] for line in path.read_text().splitlines()} == {"1", "2", "3"}
    found = answer(*arguments, "--against", path)
    assert found["against"]["mean"] == found["mean"]
    assert found["against"]["queries"] == found["queries"]
    assert found["comparison"]["mrr_10"] == {"difference": 0, "p": 1}
    path.write_text("1 Q0 a3 1 2 x\n1 Q0 a2 2 1 x\n")
    found = answer(*arguments, "--against", path)
    assert found["against"]["queries"]["1"]["mrr_10"] == 1 / 2
    assert found["against"]["queries"]["2"]["mrr_10"] == 0
    assert found["comparison"]["mrr_10"]["difference"] > 0
    shown = run(*arguments, "--against", path).stdout
    assert re.search(r"^MRR@10 +\d\.\d{4} +0\.2500 +\+\d\.\d{4} +\d\.\d{5}$", shown, re.MULTILINE)


def test_evaluate_compares_with_another_index(
    tmp_path: Path, judged: tuple[Path, Path], sample_index: Path
) -> None:
    """Snowball's stems as the baseline: an index of the same articles that was built with them."""
    other = tmp_path / "snowball"
    LocalTarget(other).rebuild(ARCHIVE, BuildOptions(stemmer=StemmerName.SNOWBALL))
    alone = answer("evaluate", *judged, "--index", other)
    assert alone["mean"]["mrr_10"] > 0
    found = answer("evaluate", *judged, "--index", sample_index, "--against", other)
    assert found["against"]["mean"] == alone["mean"]


def test_the_stemmer_is_chosen_and_kept(tmp_path: Path, source: Path) -> None:
    where = ("--index", tmp_path / "ix")

    def is_snowballs() -> bool:
        rule: str = answer("analyze", "resiko", *where)["tokens"][0]["rule"]
        said: str = answer("stats", *where)["version"]
        assert said.endswith("stemmer snowball") == (rule == "snowball")
        return rule == "snowball"

    answer("rebuild", source, "--stemmer", "snowball", *where)
    assert is_snowballs()
    answer("update", source, *where)
    answer("rebuild", "--from-index", *where)
    assert is_snowballs()
    answer("rebuild", "--from-index", "--stemmer", "warta", *where)
    assert not is_snowballs()
    assert run("rebuild", source, "--stemmer", "porter", *where).exit_code == 2


def test_a_rebuild_if_changed_looks_at_the_stemmer(tmp_path: Path, source: Path) -> None:
    arguments = ("rebuild", source, "--if-changed", "--index", tmp_path / "ix")
    answer(*arguments, "--stemmer", "snowball")
    assert answer(*arguments)["unchanged"]
    assert answer(*arguments, "--stemmer", "snowball")["unchanged"]
    assert "unchanged" not in answer(*arguments, "--stemmer", "warta")


def test_evaluate_ranks_as_a_file_says(
    tmp_path: Path, judged: tuple[Path, Path], sample_index: Path
) -> None:
    # Without partial matches, articles with some of the words are not found.
    judged[1].write_text("1 0 a12 1\n")
    strict = tmp_path / "strict.json"
    strict.write_text('\n {"partial": false}')
    arguments = ("evaluate", *judged, "--index", sample_index)
    default = answer(*arguments)["mean"]["recall_100"]
    assert default == 1
    assert answer(*arguments, "--ranking", strict)["mean"]["recall_100"] == 0
    compared = answer(*arguments, "--against", strict)
    assert compared["comparison"]["recall_100"] == {"difference": 1, "p": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"enouhg": 1}', '"enouhg"'),
        ("1 Q0 a2 1 2\n", "against:1"),
        ("x Q0 a2 1 2 y\n", "none of the queries"),
    ],
)
def test_evaluate_says_what_it_cannot_compare_with(
    tmp_path: Path, judged: tuple[Path, Path], sample_index: Path, text: str, said: str
) -> None:
    (tmp_path / "against").write_text(text)
    result = run("evaluate", *judged, "--index", sample_index, "--against", tmp_path / "against")
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize(("file", "text"), [(0, ""), (0, "4\tharga beras\n"), (1, "")])
def test_evaluate_without_a_judged_query_fails(
    judged: tuple[Path, Path], sample_index: Path, file: int, text: str
) -> None:
    judged[file].write_text(text)
    result = run("evaluate", *judged, "--index", sample_index)
    assert result.exit_code == 1
    assert f"none of the queries in {judged[0]} has judgements in {judged[1]}" in result.stderr
    assert not result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(shell: str) -> None:
    assert "_WARTA_COMPLETE" in run("completion", shell).stdout


def test_progress_goes_to_a_terminal_only(tmp_path: Path, source: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "web.cli",
        "rebuild",
        str(source),
        "--index",
        str(tmp_path / "i"),
    ]
    piped = subprocess.run(command, capture_output=True, check=True, text=True)
    assert piped.stderr == ""
    master, slave = pty.openpty()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=slave, check=True)
    os.close(slave)
    shown = os.read(master, 65_536).decode()
    os.close(master)
    assert "artikel/s" in shown


def test_the_main_job_on_real_articles(tmp_path: Path, data: Path) -> None:
    """The road once, as issue and README tell it."""
    path = tmp_path / "index"
    facts = answer("rebuild", data / "seed", data / "news/articles-1k.jsonl", "--index", path)
    assert facts["articles"] == facts["read"] == 1001
    found = answer("search", "hubungan Rusia Kamboja", "--index", path)
    first = found["hits"][0]
    assert (first["date"], first["place"]) == ("2023-06-01", "Phnom Penh")
    assert "<mark>Rusia</mark>" in first["snippet_html"]


def test_all_articles_of_the_big_archive_are_read(data: Path) -> None:
    path = data / "news/articles-27k.jsonl.gz"
    with gzip.open(path) as stream:
        lines = sum(1 for _ in stream)
    facts = answer("rebuild", path, "--dry-run")
    assert lines == 27_091
    assert facts["read"] == lines
    assert facts["skipped"] == 0


@pytest.mark.long
def test_all_articles_of_the_big_archive_are_indexed(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "index"
    facts = answer("rebuild", data / "news/articles-27k.jsonl.gz", "--index", path)
    assert facts["read"] == facts["indexed"] == facts["articles"] == 27_091
    assert answer("verify", "--index", path) == {"damaged": []}


def test_readme_lists_every_command(request: pytest.FixtureRequest) -> None:
    readme = (request.config.rootpath / "README.md").read_text("utf-8")
    for name in COMMANDS:
        assert re.search(rf"warta {name}\b", readme), name
