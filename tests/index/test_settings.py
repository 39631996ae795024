from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.settings import BY_ENVIRONMENT, FILE, USER, settings_of
from tests.docs.commands import commands
from web.cli import main
from web.commands import serve
from web.settings import DEFAULTS


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment and a working directory without settings."""
    for _, options in commands():
        for one in options:
            if one.envvar:
                monkeypatch.delenv(str(one.envvar), raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment)


def shown(*arguments: str, **environment: str) -> dict[tuple[str, str], tuple[object, str]]:
    """Value and source of every setting, by command and key."""
    result = run(*arguments, "config", "--json", **environment)
    assert result.exit_code == 0, result.output
    return {
        (one["command"], one["setting"]): (one["value"], one["source"])
        for one in json.loads(result.stdout)["settings"]
    }


def write(text: str, name: str = FILE) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_any_every_setting_has_its_default() -> None:
    found = shown()
    assert {source for _, source in found.values()} == {"default"}
    assert found["serve", "port"] == (DEFAULTS.port, "default")
    assert found["serve", "uds"] == (None, "default")
    assert found["search", "index"] == ("warta-index", "default")


def test_the_environment_comes_before_the_file() -> None:
    write("[serve]\nport = 8001\nhost = '0.0.0.0'\n")
    found = shown(WARTA_PORT="8002")
    assert found["serve", "port"] == (8002, "environment")
    assert found["serve", "host"] == ("0.0.0.0", "file")


def test_the_command_line_comes_before_the_environment() -> None:
    write('index = "dari-berkas"\n')
    path = run("stats", WARTA_INDEX="dari-lingkungan").output
    assert "dari-lingkungan" in path
    path = run("stats", "--index", "dari-baris", WARTA_INDEX="dari-lingkungan").output
    assert "dari-baris" in path
    assert "dari-berkas" in run("stats").output


def test_a_key_at_the_top_is_for_every_command_that_has_it_and_a_table_for_its_own() -> None:
    write("workers = 3\n[serve]\nworkers = 5\n")
    found = shown()
    assert found["rebuild", "workers"] == found["update", "workers"] == (3, "file")
    assert found["serve", "workers"] == (5, "file")


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    file = write('index = "indeks"\n', str(folder / "lain.toml"))
    assert shown("--config", str(file))["stats", "index"] == (str(folder / "indeks"), "file")
    assert shown(WARTA_CONFIG=str(file))["stats", "index"] == (str(folder / "indeks"), "file")


def test_an_index_may_be_a_url() -> None:
    write('index = "opensearch://x:9200/berita"\n')
    assert shown()["stats", "index"] == ("opensearch://x:9200/berita", "file")


def test_several_values_are_a_list_in_the_file_and_words_in_the_environment() -> None:
    write('[serve]\ntrusted-proxy = ["127.0.0.1", "unix"]\n')
    assert shown()["serve", "trusted-proxy"] == (["127.0.0.1/32", "unix"], "file")
    found = shown(WARTA_TRUSTED_PROXY="10.0.0.0/8 ::1")
    assert found["serve", "trusted-proxy"] == (["10.0.0.0/8", "::1/128"], "environment")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("prot = 1", "perhaps port", id="a misspelt key"),
        pytest.param("zzzz = 1", "known are", id="an unknown key"),
        pytest.param("[serv]\nport = 1", "perhaps [serve]", id="a misspelt table"),
        pytest.param("[search]\nport = 1", "port ([search]) is no setting", id="another's key"),
        pytest.param("[serve]\nport = [1]", "port takes one value", id="a list for one value"),
        pytest.param("[serve]\nport = {}", "port", id="a table for a value"),
        pytest.param(
            "[serve]\nport = true", "port takes text or a number", id="a flag for a number"
        ),
        pytest.param("[serve]\naccess-log = 'ya'", "takes true or false", id="text for a flag"),
        pytest.param("[serve]\nport = 2020-01-01", "port takes text or a number", id="a day"),
        pytest.param("[serve", "is not TOML", id="no TOML"),
        pytest.param("a = 1\na = 2", "is not TOML", id="a key twice"),
    ],
)
@pytest.mark.parametrize("command", ["stats", "config"])
def test_what_is_wrong_in_the_file_is_told(command: str, text: str, said: str) -> None:
    write(text)
    result = run(command)
    assert result.exit_code == 1
    assert said in result.stderr
    assert FILE in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[serve]\nport = 70000", "--port", id="out of range"),
        pytest.param("[serve]\nbase-url = 'ftp://x'", "--base-url", id="no web address"),
        pytest.param("[serve]\ntrusted-host = ['a:80']", "--trusted-host", id="a port"),
        pytest.param("[serve]\ntrusted-proxy = ['x']", "--trusted-proxy", id="no network"),
        pytest.param("[serve]\nlog-format = 'xml'", "--log-format", id="no choice"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "config"])
def test_a_value_that_is_not_allowed_is_wrong_usage(command: str, text: str, said: str) -> None:
    write(text)
    result = run(command)
    assert result.exit_code == 2
    assert said in result.stderr


def test_bytes_that_are_no_text_are_told() -> None:
    Path(FILE).write_bytes(b"\xff")
    assert "is not UTF-8" in run("stats").stderr


def test_a_file_that_is_named_and_missing_is_told() -> None:
    result = run("--config", "tidak-ada.toml", "stats")
    assert result.exit_code == 1
    assert "tidak-ada.toml" in result.stderr


def test_a_value_is_not_taken_from_the_file_of_another_directory(tmp_path: Path) -> None:
    (tmp_path / "dalam").mkdir()
    write('index = "x"\n', "dalam/warta.toml")
    assert shown()["stats", "index"] == ("warta-index", "default")


def test_a_file_that_is_not_there_is_told_in_both_languages() -> None:
    result = run("--config", "nowhere.toml", "stats")
    assert result.exit_code == 1
    assert "nowhere.toml: tidak terbaca: tidak ada" in result.stderr
    assert "nowhere.toml: cannot be read: it is not there" in result.stderr


def test_every_field_of_the_servers_settings_is_an_option_of_serve() -> None:
    names = {one.name for one in settings_of(serve).values()} - {"index_url"}
    assert names == set(DEFAULTS.__dataclass_fields__)


def test_config_says_each_setting_once_where_commands_agree() -> None:
    lines = [line for line in run("config").stdout.splitlines() if line.startswith("index = ")]
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("[serve]\nprot = 1", 2, id="a misspelt key"),
        pytest.param("\n\n[ serv ]\nport = 1", 3, id="a misspelt table"),
        pytest.param("index = 'x'\nprot = 1", 2, id="a misspelt key at the top"),
        pytest.param("[search]\nlang = 'id'\n[serve]\n'port' = [1]", 4, id="a list, quoted"),
        pytest.param("[serve]\n\nport = 70000", 3, id="out of range"),
        pytest.param("port = 'x'\n[search]\nlang = 'id'", 1, id="no number, at the top"),
        pytest.param("port = 1\n[serve]\nport = 'x'", 3, id="no number, the table's"),
        pytest.param("[serve]\ntrusted-host = [\n'a',\n'b:80']", 2, id="one of a list"),
        pytest.param("\n[serve]\nkeys = ''", 3, id="an empty text"),
        pytest.param("\nindex = ''", 2, id="an empty index"),
        pytest.param('\nindex = "a\\u0000b"', 2, id="a path that none can be"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    write(text)
    result = run("config")
    assert result.exit_code != 0
    assert f"{tmp_path / FILE}:{line}" in result.stderr
    assert "WARTA_" not in result.stderr


def test_what_is_wrong_in_a_variable_is_told_with_its_name() -> None:
    write("[serve]\nport = 1\n")
    result = run("serve", WARTA_PORT="tcp://10.0.0.1:8000")
    assert (result.exit_code, "($WARTA_PORT)" in result.stderr) == (2, True)
    assert FILE not in result.stderr
    result = run("serve", "--port", "x", WARTA_PORT="y")
    assert "'--port':" in result.stderr


def test_a_variable_that_is_empty_sets_nothing() -> None:
    assert shown(WARTA_PORT="", WARTA_KEYS="", WARTA_INDEX="") == shown()


@pytest.mark.parametrize("name", ["PROT", "INDXE", "TRUSTED_HOSTS"])
def test_a_variable_that_is_misspelt_is_told(name: str) -> None:
    name = f"WARTA_{name}"
    result = run("config", **{name: "1"})
    assert result.exit_code == 0
    assert f"{name} is no setting and is not read; perhaps WARTA_" in result.stderr


@pytest.mark.parametrize(
    "name", ["LONG", "KERNELS", "SERVICE_HOST", "PORT_8000_TCP_ADDR", "IMAGE", "port"]
)
def test_a_variable_of_others_is_passed_over(name: str) -> None:
    name = f"WARTA_{name}"
    assert run("config", **{name: "1"}).stderr == ""


def test_a_file_that_begins_with_a_byte_order_mark_is_read() -> None:
    Path(FILE).write_bytes(b"\xef\xbb\xbf[serve]\r\nport = 81\r\n")
    assert shown()["serve", "port"] == (81, "file")


def test_an_index_without_a_name_is_not_the_working_directory() -> None:
    result = run("stats", "--index", "")
    assert (result.exit_code, "kosong / is empty" in result.stderr) == (2, True)


def test_what_config_prints_is_a_file_of_the_same_settings() -> None:
    write(
        'index = "indeks \\"a\\" \\\\ é"\n[serve]\ntrusted-host = ["a.example", ".b.example"]\n'
        'access-log = true\nquery-log = "catatan"\nbase-url = "https://contoh.example/arsip"\n'
        f'trusted-proxy = ["unix"]\nuds = "{"panjang/" * 12}soket"\n[rebuild]\nworkers = 3\n'
    )
    printed = run("config").stdout
    before = {name: value for name, (value, _) in shown().items()}
    write(printed, "lagi.toml")
    assert {name: value for name, (value, _) in shown("--config", "lagi.toml").items()} == before


def test_config_shows_the_file_by_its_whole_path(tmp_path: Path) -> None:
    write("[serve]\nport = 1\n")
    assert run("config").stdout.splitlines()[0] == f"# {tmp_path / FILE}"
    assert json.loads(run("config", "--json").stdout)["file"] == str(tmp_path / FILE)


def test_config_fits_eighty_columns_and_shows_no_password() -> None:
    write('[serve]\nrate-storage = "redis://u:rahasia@127.0.0.1:6379/0"\n')
    printed = run("config", WARTA_TRUSTED_HOST=" ".join(f"n{one}.example" for one in range(9)))
    assert max(len(line) for line in printed.stdout.splitlines()[1:]) <= 80
    assert "rahasia" not in printed.stdout


def test_config_shows_what_the_environment_alone_says_of_clusters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in BY_ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    given = {"WARTA_OPENSEARCH_USER": "siti", "WARTA_OPENSEARCH_PASSWORD": "rahasia"}
    shown_as = {
        "WARTA_OPENSEARCH_USER": "siti",
        "WARTA_OPENSEARCH_PASSWORD": "***",
        "WARTA_OPENSEARCH_PASSWORD_FILE": None,
        "WARTA_OPENSEARCH_CA": None,
        "WARTA_CACHE": None,
    }
    written = run("config", "--json", **given).stdout
    found = json.loads(written)["environment"]
    assert found.keys() == set(BY_ENVIRONMENT)
    assert shown_as.items() <= found.items()
    printed = run("config", **given).stdout
    assert '# WARTA_OPENSEARCH_USER = "siti"' in printed
    assert "# WARTA_OPENSEARCH_CA =" in printed
    assert "rahasia" not in written + printed
    write(printed)
    assert shown() == shown(**given)


@pytest.mark.parametrize("name", ["USR", "PASSWRD", "CAS"])
def test_a_misspelt_variable_of_a_cluster_is_told(name: str) -> None:
    name = USER.replace("USER", name)
    told = run("config", **{name: "rahasia"}).stderr
    assert f"{name} is no setting and is not read; perhaps WARTA_OPENSEARCH" in told
    assert "rahasia" not in told
