from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.conftest import ROOT
from tests.nodes import closed_port
from web import counters
from web.app import create_app
from web.cli import main
from web.counters import SharedCounters
from web.networks import client_of
from web.rates import rates, short, storage, without_password
from web.settings import ServerSettings

# How a limit is written.


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("120/minute", "120/minute"),
        (" 120 per minute ", "120/minute"),
        ("10/5minutes", "10/5minute"),
        ("10/second; 1000/hour;", "10/second;1000/hour"),
        ("10/second,10/second", "10/second"),
        ("5/1 day", "5/day"),
        ("7/MONTH", "7/month"),
    ],
)
def test_a_limit_is_written_in_one_way(text: str, written: str) -> None:
    assert short(text) == written
    assert short(written) == written


WRONG = ["", " ", "120", "minute", "120/", "/minute", "0/minute", "-1/minute", "1.5/minute"]
WRONG += ["120/fortnight", "10/0minute", "1/second;x", "1e3/minute", "٣/minute", "1/2year"]
WRONG += [f"{10**12}/minute", f"1/{10**9}day", ";;1/minute", "none", "120/minute/hour"]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_limit_is_wrong_usage(text: str) -> None:
    with pytest.raises(ValueError):
        rates(text)
    result = CliRunner().invoke(main, ["serve", "--rate-limit", text])
    assert result.exit_code == 2
    assert "120/minute" in result.output


@given(st.text(max_size=30))
def test_any_text_is_a_limit_or_a_value_error(text: str) -> None:
    try:
        found = rates(text)
    except ValueError:
        return
    assert found
    assert all(one.amount >= 1 and one.seconds >= 1 for one in found)
    assert rates(short(text)) == found


@pytest.mark.parametrize(
    "url", ["", "memory", "memory://x", "redis://", "redis://h:x", "redis://h:0", "http://h", "a b"]
)
def test_what_is_no_storage_is_wrong_usage(url: str) -> None:
    with pytest.raises(ValueError):
        storage(url)
    assert CliRunner().invoke(main, ["serve", "--rate-storage", url]).exit_code == 2


def test_no_password_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARTA_RATE_STORAGE", "redis://u:rahasia@h:6379/0")
    for words in (["config"], ["config", "--json"]):
        result = CliRunner().invoke(main, words)
        assert "redis://u:***@h:6379/0" in result.output
        assert "rahasia" not in result.output
    assert without_password("redis://:p@h") == "redis://:***@h"


def test_required_keys_without_a_file_are_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["serve", "--keys-required"]).exit_code == 2


# Who a client is.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::2"),
        ("", None),
    ],
)
def test_these_are_one_client(one: str, other: str | None) -> None:
    assert client_of(one) == client_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("203.0.113.7", "203.0.113.8"),
        ("203.0.113.7", "::203.0.113.7"),
        ("", "127.0.0.1"),
        ("x", "y"),
    ],
)
def test_these_are_two_clients(one: str, other: str) -> None:
    assert client_of(one) != client_of(other)


# What a limited server answers.


def limited(index: Path, limit: str, **more: object) -> FlaskClient:
    settings = ServerSettings(rate_limit=limit, **more)  # type: ignore[arg-type]
    return create_app(index, settings).test_client()


def ask(client: FlaskClient, address: str = "/api/v1/stats", **more: object) -> TestResponse:
    return client.get(address, **more)


def test_a_program_is_told_in_a_problem_document(sample_index: Path) -> None:
    client = limited(sample_index, "1/minute")
    assert ask(client).status_code == 200
    response = ask(client)
    assert response.status_code == 429
    assert response.mimetype == "application/problem+json"
    assert response.json["type"] == "/api#problem-too-many-requests"  # type: ignore[index]
    assert re.fullmatch("[1-9][0-9]*", response.headers["Retry-After"])
    assert int(response.headers["Retry-After"]) <= 60
    assert response.headers["Cache-Control"] == "no-store"
    exposed = response.headers["Access-Control-Expose-Headers"]
    for name in ("Retry-After", "X-RateLimit-Limit", "RateLimit", "RateLimit-Policy"):
        assert name in exposed
        assert name in response.headers


@pytest.mark.parametrize(("language", "words"), [("id", "Terlalu banyak"), ("en", "Too many")])
def test_a_reader_gets_a_page(sample_index: Path, language: str, words: str) -> None:
    client = limited(sample_index, "1/minute")
    for _ in range(2):
        response = ask(client, "/", headers={"Accept-Language": language})
    assert response.status_code == 429
    assert response.mimetype == "text/html"
    assert words in response.text
    seconds = {"id": "Tunggu ([0-9]+) detik,", "en": "Wait ([0-9]+) seconds?,"}[language]
    assert re.search(seconds, response.text)[1] == response.headers["Retry-After"]  # type: ignore[index]
    assert "Retry-After" not in response.text
    assert '<a href="">' in response.text  # the same page again
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    ("limit", "english", "indonesian"),
    [
        ("1/5minutes", "Wait 5 minutes, then", "Tunggu 5 menit, lalu"),
        ("1/hour", "Wait 1 hour, then", "Tunggu 1 jam, lalu"),
        ("1/90minutes", "Wait 1 hour 30 minutes, then", "Tunggu 1 jam 30 menit, lalu"),
        ("1/day", "Wait 1 day, then", "Tunggu 1 hari, lalu"),
    ],
)
def test_a_long_wait_is_told_as_people_say_it(
    sample_index: Path, limit: str, english: str, indonesian: str
) -> None:
    client = limited(sample_index, limit)
    ask(client)
    assert english in ask(client, "/", headers={"Accept-Language": "en"}).text
    assert indonesian in ask(client, "/", headers={"Accept-Language": "id"}).text


def test_a_page_and_its_headers_tell_the_same_wait(
    sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = limited(sample_index, "1/minute")
    ask(client)
    began = time.time()
    clock = (began + 0.7 * reading for reading in count())
    monkeypatch.setattr("web.rate_limits.time.time", lambda: next(clock))
    response = ask(client, "/", headers={"Accept-Language": "en"})
    wait = response.headers["Retry-After"]
    assert f"Wait {wait} seconds," in response.text
    assert response.headers["RateLimit"] == f'"minute";r=0;t={wait}'


def test_every_answer_says_what_is_left(sample_index: Path) -> None:
    client = limited(sample_index, "3/minute;5/day")
    seen = [ask(client).headers for _ in range(4)]
    assert [one["X-RateLimit-Remaining"] for one in seen] == ["2", "1", "0", "0"]
    assert {one["X-RateLimit-Limit"] for one in seen} == {"3"}
    assert seen[0]["RateLimit-Policy"] == '"minute";q=3;w=60, "day";q=5;w=86400'
    assert re.fullmatch(
        r'"minute";r=2;t=\d+, "day";r=4;t=\d+',
        seen[0]["RateLimit"],
    )
    assert 0 < int(seen[0]["X-RateLimit-Reset"]) - time.time() <= 61


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics", "/static/x.css"])
def test_monitors_and_static_files_are_not_counted(sample_index: Path, address: str) -> None:
    client = limited(sample_index, "1/minute")
    assert ask(client).status_code == 200
    for _ in range(3):
        response = ask(client, address)
        assert response.status_code != 429
        assert "RateLimit" not in response.headers


PREFLIGHT = {"Origin": "https://example.com", "Access-Control-Request-Method": "GET"}


@pytest.mark.parametrize("address", ["/api/v1/stats", "/search.json", "/api/v1/nothing"])
def test_what_a_browser_asks_before_it_asks_is_not_counted(
    sample_index: Path, address: str
) -> None:
    client = limited(sample_index, "1/minute")
    for _ in range(3):
        assert client.options(address, headers=PREFLIGHT).status_code != 429
    assert ask(client).status_code == 200
    assert client.options(address, headers=PREFLIGHT).status_code != 429


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/", PREFLIGHT),
        ("/search?q=a", PREFLIGHT),
        ("/nothing", PREFLIGHT),
        ("/article/a1", PREFLIGHT),
        ("/api/v1/stats", {}),
        ("/api/v1/stats", {"Origin": "https://example.com"}),
        ("/", {}),
        ("/nothing", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value) or "none",
)
def test_every_other_options_is_counted(
    sample_index: Path, address: str, headers: dict[str, str]
) -> None:
    client = limited(sample_index, "1/minute")
    client.options(address, headers=headers)
    assert client.options(address, headers=headers).status_code == 429


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=a", "/nothing", "/api/v1/nothing", "/static", "/staticx", "/healthz/", "/api"],
)
def test_everything_else_is_counted_also_what_is_not_there(
    sample_index: Path, address: str
) -> None:
    client = limited(sample_index, "1/minute")
    ask(client, address)
    assert ask(client, address).status_code == 429


def test_head_and_unchanged_answers_count(sample_index: Path) -> None:
    client = limited(sample_index, "3/minute")
    tag = ask(client).headers["ETag"]
    same = ask(client, headers={"If-None-Match": tag})
    assert (same.status_code, same.headers["X-RateLimit-Remaining"]) == (304, "1")
    assert client.head("/api/v1/stats").headers["X-RateLimit-Remaining"] == "0"
    assert client.head("/api/v1/stats").status_code == 429


def test_clients_do_not_count_for_one_another(sample_index: Path) -> None:
    client = limited(sample_index, "1/minute")
    peers = ["203.0.113.1", "203.0.113.2", "2001:db8::1", "2001:db8:0:1::1", ""]
    for peer in peers:
        assert ask(client, environ_base={"REMOTE_ADDR": peer}).status_code == 200
    for peer in [*peers, "2001:db8::2", "::ffff:203.0.113.1"]:
        assert ask(client, environ_base={"REMOTE_ADDR": peer}).status_code == 429


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP"])
def test_a_header_makes_no_other_client(sample_index: Path, header: str) -> None:
    client = limited(sample_index, "1/minute")
    for number in range(2):
        response = ask(client, headers={header: f"203.0.113.{number}"})
    assert response.status_code == 429


def test_after_retry_after_the_client_is_answered(sample_index: Path) -> None:
    client = limited(sample_index, "2/second")
    for _ in range(2):
        while ask(client).status_code != 429:
            pass
        refused = ask(client)
        if refused.status_code == 429:
            time.sleep(int(refused.headers["Retry-After"]))
        assert ask(client).status_code == 200


def test_retry_after_is_that_of_the_limit_that_lasts(sample_index: Path) -> None:
    client = limited(sample_index, "1/minute;1/day")
    ask(client)
    assert int(ask(client).headers["Retry-After"]) > 60


def test_refusals_are_counted_in_metrics_without_addresses(sample_index: Path) -> None:
    client = limited(sample_index, "1/minute")
    for _ in range(3):
        ask(client, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    metrics = ask(client, "/metrics").text
    assert 'warta_limited_total{key=""} 2.0' in metrics
    assert "203.0.113.77" not in metrics


# The table of counters.


def test_processes_and_threads_count_in_one_table() -> None:
    table = SharedCounters()

    def hit() -> None:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: table.count("a", 600), range(250)))

    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=hit) for _ in range(4)]
    for one in processes:
        one.start()
    for one in processes:
        one.join(60)
        assert one.exitcode == 0
    assert table.count("a", 600).counted == 1001


def test_a_process_that_is_killed_while_it_counts_blocks_nobody() -> None:
    table = SharedCounters()
    pid = os.fork()
    if pid == 0:
        while True:
            table.count("a", 600)
    try:
        time.sleep(0.3)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    first = table.count("a", 600).counted
    assert first > 1
    assert table.count("a", 600).counted == first + 1


def test_a_window_ends_and_begins_anew() -> None:
    table = SharedCounters()
    first = table.count("a", 1)
    assert table.count("a", 1).ends == first.ends
    time.sleep(max(0.0, first.ends - time.time()) + 0.01)
    assert table.count("a", 1).counted == 1


def test_many_clients_take_no_more_room_and_forget_no_busy_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counters, "_BUCKETS", 64)
    table = SharedCounters()
    size = os.fstat(table._file).st_size
    for _ in range(50):
        table.count("sibuk", 600)
    for number in range(5000):
        table.count(f"klien {number}", 600)
    assert table.count("sibuk", 600).counted == 51
    assert os.fstat(table._file).st_size == size


def test_windows_that_ended_make_room_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "_BUCKETS", 1)
    table = SharedCounters()
    for number in range(counters._WAYS):
        for _ in range(5):
            table.count(f"lama {number}", 1)
    time.sleep(1.05)
    for number in range(counters._WAYS):
        assert table.count(f"baru {number}", 600).counted == 1
    for number in range(counters._WAYS):
        assert table.count(f"baru {number}", 600).counted == 2


@given(st.lists(st.sampled_from(["a", "b", "c", "\udcff", "", "a" * 999]), max_size=40))
def test_the_table_counts_as_a_dictionary_does(keys: list[str]) -> None:
    seen: dict[str, int] = {}
    run = next(RUNS)
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        assert TABLE.count(f"{run} {key}", 600).counted == seen[key]


TABLE = SharedCounters()
RUNS = count()

# Real servers.


SERVER = """
import sys
from web.serve import serve
from web.settings import ServerSettings
serve(sys.argv[1], ServerSettings(port=0, workers=3, rate_limit="20/hour"))
"""


def statuses(url: str, times: int) -> list[int]:
    found = []
    for _ in range(times):
        try:
            with urllib.request.urlopen(f"{url}api/v1/stats", timeout=60) as response:
                found.append(response.status)
        except urllib.error.HTTPError as error:
            found.append(error.code)
            error.close()
    return found


def test_the_limit_is_that_of_all_workers_and_outlives_a_reload(
    sample_index: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(sample_index)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        found = re.search(r"http://\S+/", process.stderr.readline())
        assert found is not None
        with ThreadPoolExecutor(4) as pool:
            parts = pool.map(lambda _: statuses(found[0], 10), range(4))
            seen = [one for part in parts for one in part]
        assert (seen.count(200), seen.count(429)) == (20, 20)
        process.send_signal(signal.SIGHUP)
        time.sleep(1)
        assert statuses(found[0], 3) == [429] * 3
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A Redis server of the test's own and its URL."""
    program = shutil.which("redis-server")
    if program is None:
        reason = "no redis-server: install it to try --rate-storage"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    port = closed_port().rpartition(":")[2]
    process = subprocess.Popen(
        [program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield process, f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait(30)


def test_servers_that_share_a_redis_share_the_limit(
    sample_index: Path, redis: tuple[subprocess.Popen[bytes], str]
) -> None:
    _, url = redis
    clients = [limited(sample_index, "3/hour", rate_storage=url) for _ in range(2)]
    seen = [ask(clients[number % 2]) for number in range(5)]
    assert [one.status_code for one in seen] == [200, 200, 200, 429, 429]
    assert 3500 < int(seen[-1].headers["Retry-After"]) <= 3600
    assert [one.headers["X-RateLimit-Remaining"] for one in seen] == ["2", "1", "0", "0", "0"]


def test_requests_go_on_while_redis_is_away_and_it_is_told_once(
    sample_index: Path,
    redis: tuple[subprocess.Popen[bytes], str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    process, url = redis
    client = limited(sample_index, "1/hour", rate_storage=url)
    assert [ask(client).status_code for _ in range(2)] == [200, 429]
    process.kill()
    process.wait(30)
    assert [ask(client).status_code for _ in range(5)] == [200] * 5
    told = [one for one in caplog.records if "--rate-storage" in one.getMessage()]
    assert len(told) == 1
    assert "warta_uncounted_total 5.0" in ask(client, "/metrics").text


def test_a_redis_that_does_not_answer_holds_up_one_request_only(sample_index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://u:rahasia@127.0.0.1:{silent.getsockname()[1]}"
        accepted = []

        def accept() -> None:
            try:
                while True:
                    accepted.append(silent.accept()[0])
            except OSError:
                return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        client = limited(sample_index, "1/hour", rate_storage=url)
        try:
            assert [ask(client).status_code for _ in range(10)] == [200] * 10
            assert len(accepted) <= 2
        finally:
            silent.shutdown(socket.SHUT_RDWR)
            thread.join(10)
            for one in accepted:
                one.close()
