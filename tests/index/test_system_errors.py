"""What errors of the system are told as."""

from __future__ import annotations

import errno
import os

import pytest

from index.bilingual import Text
from index.system_errors import NOT_REGULAR, NotAFile, reason, remedy

NUMBERS = sorted(errno.errorcode)


@pytest.mark.parametrize("number", NUMBERS, ids=errno.errorcode.__getitem__)
def test_every_error_has_a_reason_and_a_remedy_in_both_languages(number: int) -> None:
    error = OSError(number, os.strerror(number))
    for text in (reason(error), remedy(error)):
        assert text.english
        assert text.indonesian
        assert "\n" not in text.english
    assert remedy(error).english != remedy(error).indonesian


@pytest.mark.parametrize("number", [errno.ENOMEM, errno.EMFILE, errno.ENFILE])
def test_only_a_build_is_told_of_its_options(number: int) -> None:
    error = OSError(number, "")
    assert "--workers" in remedy(error, builds=True).english
    assert "--" not in remedy(error).english


def test_what_the_system_says_is_told_where_nothing_better_is_known() -> None:
    assert reason(OSError(errno.EDOM, "a riddle")) == Text("a riddle", "a riddle")
    assert reason(OSError("lone words")) == Text("lone words", "lone words")
    assert reason(OSError()).english == "OSError"
    assert reason(ValueError("embedded null byte")).english == "embedded null byte"


def test_what_is_no_file_says_what_it_is() -> None:
    error = NotAFile(NOT_REGULAR, "x")
    assert reason(error) == NOT_REGULAR
    assert error.filename == "x"
    assert not isinstance(error, FileNotFoundError)
