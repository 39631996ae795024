"""The threads that answer what waits in a lane, each one request at a time."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from web.serving.bounds import MANY_AT_WORK, TOGETHER_SECONDS
from web.serving.lane import Job, Lane
from web.serving.loan import Ended, Loan

Outcome = tuple[bool, int | None]
"""Whether the connection may be kept, and the status of the short answer that is to be given, None
where the answer is written."""


class Crew:
    """As many threads as said, and the lane with what waits for them.

    ``answer`` is called in a thread and raises nothing; ``finished`` with what came of it, in the
    thread that has the loop; ``defer`` has it do so. ``turn`` turns the loop once (it waits for
    events only while the lane is empty) and says whether the thread should keep the loop.

    A thread that rests is woken by a ticket, with a loan of the loop or without. A ticket may come
    late, when a thread at work has the job or the loop has taken it back; then it rests again.
    """

    def __init__(
        self,
        name: str,
        threads: int,
        longest: int,
        *,
        answer: Callable[[Job], Outcome],
        finished: Callable[[Job, Outcome], None],
        defer: Callable[..., None],
        turn: Callable[[], bool],
    ) -> None:
        self.lane = Lane(threads, longest)
        self._together_until = 0.0
        self._tickets: SimpleQueue[Loan | None] = SimpleQueue()
        self._answer, self._finished, self._defer, self._turn = answer, finished, defer, turn
        for number in range(threads):
            # Daemons: one that computes forever must not keep its process from ending.
            Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def call(self) -> None:
        """Have threads that rest answer what waits."""
        while self.lane.claim():
            self._tickets.put(None)

    def lend(self) -> bool:
        """Have what waits answered by a thread that gets the loop with it, which the caller has.

        Returns with the loop; at once where nothing waits or no thread rests. Says whether the loop
        was taken back from a long answer: then nobody has turned it for a while, and the caller is
        to turn it, without waiting, before it lends again. Answers that wait for others, such as a
        cluster, are better made many at once: where one was seen, threads are called for a while
        without the loop, and as long as many answer. Raises what went wrong in the loop while it
        was lent.
        """
        many = len(self.lane.running) >= MANY_AT_WORK
        if many or monotonic() < self._together_until or not self.lane.claim():
            self.call()
            return False
        loan = Loan()
        self._tickets.put(loan)
        ended = loan.watch()
        if ended is Ended.WAITING:
            self._together_until = monotonic() + TOGETHER_SECONDS
        return ended is not Ended.GIVEN_BACK

    def _work(self) -> None:
        while True:
            job = self.lane.take_or_rest()
            if job is not None:
                self._defer(self._finished, job, self._answered(job))
            elif (loan := self._tickets.get()) is not None:
                self._lead(loan)

    def _lead(self, loan: Loan) -> None:
        try:
            while True:
                job = self.lane.take()
                if job is not None:
                    loan.begin()
                    outcome = self._answered(job)
                    if not loan.end():
                        self._defer(self._finished, job, outcome)
                        return
                    self._finished(job, outcome)
                if not self._turn():
                    break
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            loan.give_back(error)
        else:
            loan.give_back()

    def _answered(self, job: Job) -> Outcome:
        try:
            return self._answer(job)
        finally:
            self.lane.done(job)
