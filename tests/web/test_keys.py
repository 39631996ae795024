from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import ROOT
from web import keyring
from web.app import create_app
from web.cli import main
from web.keys import KeysInvalid, ReadKey, add_key, digest_of, find, read_keys, remove_key
from web.settings import ServerSettings

HASH = f"sha256:{digest_of('x').hex()}"
TODAY = datetime.now(UTC).date()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.txt"


def application(index: Path, path: Path, **more: object) -> Flask:
    return create_app(index, ServerSettings(keys=path, **more))  # type: ignore[arg-type]


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_new_key_is_found_by_its_secret_alone(path: Path) -> None:
    secret = add_key(path, "budi", "10/minute", None)
    assert find(read_keys(path), secret) == ReadKey("budi", digest_of(secret), "10/minute", None)
    for other in ("", "budi", secret[:-1], secret + "x", secret.upper(), digest_of(secret).hex()):
        assert find(read_keys(path), other) is None


def test_the_file_has_no_secret_and_only_its_owner_reads_it(path: Path) -> None:
    secret = add_key(path, "budi", None, None)
    assert secret not in path.read_text()
    assert secret.removeprefix("warta_") not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]


def test_two_keys_differ_and_have_256_bits(path: Path) -> None:
    first, second = (add_key(path, name, None, None) for name in ("a", "b"))
    assert first != second
    assert len(first.removeprefix("warta_")) == 43


def test_what_others_wrote_in_the_file_stays(path: Path) -> None:
    before = f"# kunci mitra\n\nlama {HASH} limit=5/minute # surel 3 Mei\n\n# akhir"
    path.write_text(before)
    path.chmod(0o640)
    add_key(path, "baru", None, None)
    remove_key(path, "baru")
    assert path.read_text() == before + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_to_the_file_stays_a_link(path: Path) -> None:
    real = path.with_name("real")
    real.write_text("")
    path.symlink_to(real)
    add_key(path, "budi", None, None)
    assert path.is_symlink()
    assert read_keys(real)[0].name == "budi"


def test_commands_at_the_same_time_lose_no_key(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: add_key(path, f"k{n}", None, None), range(24)))
    assert {key.name for key in read_keys(path)} == {f"k{n}" for n in range(24)}


@pytest.mark.parametrize(("days", "good"), [(-1, False), (0, True), (1, True)])
def test_a_key_is_good_until_the_end_of_its_last_day(path: Path, days: int, good: bool) -> None:
    secret = add_key(path, "budi", None, TODAY + timedelta(days))
    assert (find(read_keys(path), secret) is not None) is good


WRONG = {
    "no hash": "budi",
    "another hash": f"budi md5:{'0' * 32}",
    "a short hash": "budi sha256:00",
    "a hash in capitals": f"budi {HASH.upper()}",
    "a limit of none": f"budi {HASH} limit=0/minute",
    "a limit that is none": f"budi {HASH} limit=banyak",
    "an empty limit": f"budi {HASH} limit=",
    "no day": f"budi {HASH} expires=2027-02-30",
    "a day twice": f"budi {HASH} expires=2027-02-03 expires=2028-02-03",
    "another word": f"budi {HASH} admin=true",
    "a slash in a name": f"a/b {HASH}",
    "a name twice": f"budi {HASH}\nbudi {HASH}",
    "a NUL": f"budi\0 {HASH}",
    "a long name": f"{'b' * 65} {HASH}",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_wrong_line_is_named_and_its_hash_is_not(path: Path, text: str) -> None:
    path.write_text(f"# kunci\n{text}\n")
    with pytest.raises(KeysInvalid) as caught:
        read_keys(path)
    for sentence in (caught.value.english, caught.value.indonesian):
        assert sentence.startswith(f"{path}: ")
        assert HASH[10:] not in sentence
    assert "line 2: " in caught.value.english or "line 3: " in caught.value.english
    assert "baris " in caught.value.indonesian


@pytest.mark.parametrize("kind", ["absent", "directory", "pipe", "bytes", "loop"])
def test_what_is_no_file_of_keys_is_refused_at_once(path: Path, kind: str) -> None:
    match kind:
        case "directory":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "bytes":
            path.write_bytes(b"\xff\xfe\n")
        case "loop":
            path.symlink_to(path)
    with pytest.raises(KeysInvalid):
        read_keys(path)


@pytest.mark.parametrize("text", ["", "# kosong\n", f"\ufeffbudi {HASH}\r\n"])
def test_empty_files_and_those_of_other_editors_are_read(path: Path, text: str) -> None:
    path.write_text(text, newline="")
    assert [key.name for key in read_keys(path)] in ([], ["budi"])


# The command.


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(main, ["keys", *map(str, words)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_makes_lists_and_removes_keys(path: Path) -> None:
    secret = run(
        "add", "budi", "--keys", path, "--limit", "9 per hour", "--expires", "2999-01-01"
    ).strip()
    assert find(read_keys(path), secret) is not None
    listed = json.loads(run("list", "--keys", path, "--json"))["keys"]
    assert listed == [
        {"name": "budi", "limit": "9/hour", "expires": "2999-01-01", "expired": False}
    ]
    assert "budi" in run("list", "--keys", path)
    assert digest_of(secret).hex() not in run("list", "--keys", path)
    run("remove", "budi", "--keys", path)
    assert read_keys(path) == ()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("add",), 2),
        (("add", "a b"), 2),
        (("add", "../x"), 2),
        (("add", "-x"), 2),
        (("list", "budi"), 2),
        (("remove",), 2),
        (("remove", "budi", "--limit", "1/second"), 2),
        (("add", "budi", "--limit", "0/second"), 2),
        (("add", "budi", "--expires", "kemarin"), 2),
        (("add", "budi", "--expires", "2001-01-01"), 2),
        (("remove", "budi"), 1),
        (("list",), 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_wrong_usage_changes_nothing(path: Path, words: tuple[str, ...], status: int) -> None:
    result = CliRunner().invoke(main, ["keys", *words, "--keys", str(path)])
    assert result.exit_code == status
    assert "Traceback" not in result.output
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add",), "say the key's name"),
        (("remove",), "say the key's name"),
        (("list", "budi"), "without NAMA, all keys are shown"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage_says_what_is_missing(path: Path, words: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main, ["keys", *words, "--keys", str(path)])
    assert said in " ".join(result.stderr.split())


def test_a_key_that_could_not_be_shown_is_none(path: Path) -> None:
    command = [sys.executable, "-m", "web.cli", "keys", "add", "ana", "--keys", str(path)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert read_keys(path) == ()


def test_a_key_of_the_name_is_not_replaced(path: Path) -> None:
    secret = add_key(path, "budi", None, None)
    assert CliRunner().invoke(main, ["keys", "add", "budi", "--keys", str(path)]).exit_code == 1
    assert find(read_keys(path), secret) is not None


# The server.


@pytest.mark.parametrize("header", ["Bearer", "bearer", "X-API-Key"])
def test_a_key_is_taken_from_either_header(sample_index: Path, path: Path, header: str) -> None:
    secret = add_key(path, "budi", None, None)
    client = application(sample_index, path, keys_required=True).test_client()
    headers = (
        {"X-API-Key": secret} if header == "X-API-Key" else {"Authorization": f"{header} {secret}"}
    )
    assert client.get("/api/v1/stats", headers=headers).status_code == 200


OPEN = ["/", "/search?q=beras", "/article/a1", "/api", "/search.rss?q=a", "/search.atom?q=a"]
OPEN += ["/api/v1/suggest?q=be", "/api/v1/openapi.json", "/healthz", "/readyz", "/metrics"]
CLOSED = ["/api/v1/search", "/api/v1/stats", "/api/v1/articles/a1", "/search.json", "/search.csv"]
CLOSED += ["/api/v1/analyze?text=a", "/api/v1/nothing", "/api/v1/articles/a1/similar"]


@pytest.fixture(scope="module")
def closed(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("keys") / "keys"
    add_key(path, "budi", None, None)
    return application(sample_index, path, keys_required=True).test_client()


@pytest.mark.parametrize("address", OPEN)
def test_pages_feeds_and_suggestions_stay_open(closed: FlaskClient, address: str) -> None:
    assert closed.get(address).status_code == 200


@pytest.mark.parametrize("address", CLOSED)
def test_the_api_answers_nobody_without_a_key(closed: FlaskClient, address: str) -> None:
    for headers in ({}, bearer("salah"), bearer(""), {"X-API-Key": ""}):
        response = closed.get(address, headers=headers)
        assert response.status_code == 401
        assert response.mimetype == "application/problem+json"
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.headers["Cache-Control"] == "no-store"
        kind = "key-unknown" if headers else "key-needed"
        assert response.json["type"] == f"/api#problem-{kind}"  # type: ignore[index]


def test_a_browser_may_ask_whether_it_may_send_a_key(closed: FlaskClient) -> None:
    response = closed.options("/api/v1/search", headers={"Access-Control-Request-Method": "GET"})
    assert response.status_code == 200
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("headers", [{"Authorization": "Basic YTpi"}, {"Authorization": ""}])
def test_a_password_for_a_proxy_is_no_key(
    sample_index: Path, path: Path, headers: dict[str, str]
) -> None:
    add_key(path, "budi", None, None)
    client = application(sample_index, path).test_client()
    assert client.get("/api/v1/stats", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "secret", ["\xff" * 40, "x" * 8000, "a b", "\u2603".encode().decode("latin-1")]
)
def test_odd_keys_are_unknown_keys(closed: FlaskClient, secret: str) -> None:
    assert closed.get("/api/v1/stats", headers=bearer(secret)).status_code == 401


def test_a_key_has_its_own_limit_whatever_its_address_did(sample_index: Path, path: Path) -> None:
    secret = add_key(path, "budi", "3/hour", None)
    client = application(sample_index, path, rate_limit="1/hour").test_client()
    assert [client.get("/api/v1/stats").status_code for _ in range(2)] == [200, 429]
    statuses = [
        client.get(
            "/api/v1/stats", headers=bearer(secret), environ_base={"REMOTE_ADDR": f"10.0.0.{n}"}
        ).status_code
        for n in range(4)
    ]
    assert statuses == [200, 200, 200, 429]


def test_a_key_without_a_limit_has_the_servers_for_itself(sample_index: Path, path: Path) -> None:
    secrets = [add_key(path, name, None, None) for name in ("a", "b")]
    client = application(sample_index, path, rate_limit="1/hour").test_client()
    for secret in secrets:
        statuses = [
            client.get("/api/v1/stats", headers=bearer(secret)).status_code for _ in range(2)
        ]
        assert statuses == [200, 429]


def test_guessing_keys_is_limited_like_anything(sample_index: Path, path: Path) -> None:
    add_key(path, "budi", None, None)
    client = application(sample_index, path, rate_limit="2/hour").test_client()
    statuses = [client.get("/api/v1/stats", headers=bearer(f"x{n}")).status_code for n in range(3)]
    assert statuses == [401, 401, 429]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is read again at every request, not once a second."""
    monkeypatch.setattr(keyring, "_SECONDS", 0.0)


@pytest.mark.usefixtures("at_once")
def test_keys_come_and_go_while_the_server_runs(sample_index: Path, path: Path) -> None:
    path.write_text("")
    client = application(sample_index, path, keys_required=True).test_client()
    secret = add_key(path, "budi", None, None)
    assert client.get("/api/v1/stats", headers=bearer(secret)).status_code == 200
    remove_key(path, "budi")
    assert client.get("/api/v1/stats", headers=bearer(secret)).status_code == 401


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("damage", ["line", "gone", "bytes"])
def test_a_damaged_file_leaves_the_keys_and_is_told(
    sample_index: Path, path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    secret = add_key(path, "budi", None, None)
    before = path.read_bytes()
    client = application(sample_index, path, keys_required=True).test_client()
    match damage:
        case "line":
            path.write_text("budi tanpa sidik\n")
        case "gone":
            path.unlink()
        case "bytes":
            path.write_bytes(b"\xff")
    for _ in range(3):
        assert client.get("/api/v1/stats", headers=bearer(secret)).status_code == 200
    told = [one for one in caplog.records if "stay in force" in one.getMessage()]
    assert len(told) == 1
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert "cannot be used" in ready.json["keys"]  # type: ignore[index]
    assert str(path) not in ready.text
    path.write_bytes(before)
    assert "keys" not in client.get("/readyz").json  # type: ignore[operator]


def test_a_server_does_not_start_with_a_damaged_file(sample_index: Path, path: Path) -> None:
    path.write_text("budi\n")
    with pytest.raises(KeysInvalid):
        application(sample_index, path)


def test_no_key_is_in_metrics_or_log(
    sample_index: Path, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = add_key(path, "budi", "1/hour", None)
    client = application(sample_index, path).test_client()
    for sent in (secret, secret, "salah-sekali"):
        client.get("/api/v1/stats", headers=bearer(sent))
    metrics = client.get("/metrics").text
    assert 'warta_limited_total{key="budi"} 1.0' in metrics
    for one in (secret, digest_of(secret).hex(), "salah-sekali"):
        assert one not in metrics + caplog.text


def test_a_server_without_limits_and_keys_does_not_load_them(sample_index: Path) -> None:
    program = (
        "import sys; from web.app import create_app; create_app(sys.argv[1]);"
        "print([m for m in sys.modules if m in"
        " {'limits', 'flask_limiter', 'redis', 'web.rate_limits', 'web.keys'}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(sample_index)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_dates_of_keys_are_days() -> None:
    key = ReadKey("budi", b"", None, date(2027, 1, 31))
    assert key.is_good(date(2027, 1, 31))
    assert not key.is_good(date(2027, 2, 1))
