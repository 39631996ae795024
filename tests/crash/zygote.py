"""A process that has loaded Warta and forks a child for every command, so that each starts at once.

It reads lines of JSON from standard input and answers each with one: ``{"root": ..., "command":
..., "told": ..., "record": ...}`` makes a child that runs the command of the name in the directory
``root``, its output in the file ``told``, and that waits, stopped; the answer is its ``pid``. An
empty object lets it go on; the answer is the ``status`` with which it ended, as of ``os.waitpid``.
With ``record`` what it does to ``root`` is recorded in the file.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import orjson

from tests.crash.commands import COMMANDS, begin, prepare
from tests.crash.recording import Recorder
from web.cli import main

_PR_SET_PTRACER = 0x59616D61


def serve() -> None:
    """Answer until standard input ends."""
    _load()
    for line in sys.stdin.buffer:
        asked = orjson.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(asked)
        os.waitpid(pid, os.WUNTRACED)
        _answer({"pid": pid})
        sys.stdin.buffer.readline()
        os.kill(pid, signal.SIGCONT)
        _answer({"status": os.waitpid(pid, 0)[1]})


def _answer(value: dict[str, int]) -> None:
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()


def _load() -> None:
    """Run every command here, so that what they import is there; a child reads no code then."""
    # What the server of workers would import of this module, a command's own does not have.
    here = sys.modules["__main__"]
    here.__spec__ = here.__file__ = None
    before = Path.cwd()
    with TemporaryDirectory() as scratch, redirect_stdout(StringIO()):
        prepared = Path(scratch, "prepared")
        prepared.mkdir()
        prepare(prepared)
        for command in COMMANDS:
            root = Path(scratch, command.name)
            begin(prepared, root)
            os.chdir(root)
            with command.bounded():
                main(list(command.arguments), standalone_mode=False)
        os.chdir(before)
    for thread in threading.enumerate():  # Those that wait for workers that were ended.
        if thread is not threading.current_thread():
            thread.join()


def _run(asked: dict[str, Any]) -> NoReturn:
    status = 70
    try:
        told = os.open(asked["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for descriptor, source in ((0, nothing), (1, told), (2, told)):
            os.dup2(source, descriptor)
        os.close(told)
        os.close(nothing)
        # Where only a parent may trace, a tracer that is not one must be allowed to.
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1).value, 0, 0, 0)
        os.chdir(asked["root"])
        command = next(one for one in COMMANDS if one.name == asked["command"])
        record = asked.get("record")
        recorder = Recorder(Path(asked["root"]), Path(record)) if record else None
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            with command.bounded():
                main(list(command.arguments))
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        if recorder is not None:
            recorder.done()
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 - the child must not go on as the zygote
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve()
