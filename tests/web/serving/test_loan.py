from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tests.web.serving.servers import eventually
from web.serving.bounds import LOOK_SECONDS
from web.serving.loan import Ended, Loan


@pytest.fixture
def quick_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def test_a_loan_ends_when_it_is_given_back() -> None:
    loan = Loan()
    threading.Timer(0.05, loan.give_back).start()
    assert loan.watch() is Ended.GIVEN_BACK


def test_what_went_wrong_with_the_holder_is_raised() -> None:
    loan = Loan()
    loan.give_back(ValueError("patah"))
    with pytest.raises(ValueError, match="patah"):
        loan.watch()


def test_a_holder_that_waits_in_the_loop_keeps_it() -> None:
    loan = Loan()
    watching = threading.Thread(target=loan.watch)
    watching.start()
    for _ in range(50):
        loan.begin()
        assert loan.end()
        time.sleep(LOOK_SECONDS / 5)
    assert watching.is_alive()
    loan.give_back()
    watching.join()


@pytest.mark.parametrize("works", [True, False])
def test_the_loop_is_taken_back_from_a_long_answer_that_computes_or_waits(works: bool) -> None:
    def found() -> bool:
        loan = Loan()
        done = threading.Event()

        def answer() -> None:
            while works and not done.is_set():
                pass
            done.wait(20)

        holder = threading.Thread(target=answer)
        loan.begin()
        holder.start()
        begun = time.monotonic()
        ended = loan.watch()
        assert time.monotonic() - begun > LOOK_SECONDS
        done.set()
        holder.join()
        assert not loan.end()
        return ended is (Ended.LONG if works else Ended.WAITING)

    # On a machine that is busy otherwise, computing may look like waiting.
    eventually(found)


def test_an_answer_does_not_end_while_the_loop_is_being_taken_back() -> None:
    deciding, ended = threading.Event(), threading.Event()
    kept: list[bool] = []

    class Slow(Loan):
        def _to_be_taken_back(self) -> Ended | None:
            found = super()._to_be_taken_back()
            if found is not None:
                deciding.set()
                # It does not, unless nothing keeps it from doing so.
                ended.wait(0.2)
            return found

    def holder() -> None:
        loan.begin()
        deciding.wait(20)
        kept.append(loan.end())
        ended.set()

    loan = Slow()
    thread = threading.Thread(target=holder)
    thread.start()
    assert loan.watch() is not Ended.GIVEN_BACK
    thread.join()
    assert kept == [False]


def test_a_short_answer_is_not_taken_for_one_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    now = spent = 100.0
    monkeypatch.setattr("web.serving.loan.monotonic", lambda: now)
    monkeypatch.setattr("web.serving.loan.process_time", lambda: spent)
    loan = Loan()
    loan.begin()
    # It has done nothing yet, but for hardly any time.
    assert loan._to_be_taken_back() is None
    now += LOOK_SECONDS * 0.6
    assert loan._to_be_taken_back() is Ended.WAITING
    spent += LOOK_SECONDS * 0.6
    assert loan._to_be_taken_back() is None
    now += LOOK_SECONDS
    assert loan._to_be_taken_back() is Ended.LONG
    assert loan.end()
    assert loan._to_be_taken_back() is None


@pytest.mark.usefixtures("quick_turns")
def test_a_loop_is_taken_back_or_the_answer_ended_but_not_both() -> None:
    chance = random.Random(1)
    taken = 0
    for _ in range(150):
        loan, kept = Loan(), list[bool]()

        def holder(loan: Loan, kept: list[bool], seconds: float) -> None:
            loan.begin()
            time.sleep(seconds)
            kept.append(loan.end())
            if kept[0]:
                loan.give_back()

        # It sleeps, so it loses the loop at the first look, which comes at about its end.
        seconds = LOOK_SECONDS * chance.uniform(0.7, 1.2)
        thread = threading.Thread(target=holder, args=(loan, kept, seconds))
        thread.start()
        loan.watch()
        thread.join()
        assert kept[0] is not loan._taken_back
        taken += not kept[0]
    assert 0 < taken < 150
