"""The event loop lent to a thread that answers, so that a short answer wakes no other thread.

Handing each request to a thread, and its answer back, costs two wake-ups and two changes of who
has the interpreter, more than a short answer itself. So the thread that gets a request gets the
loop with it, and then reads and answers by itself, one request after the other. The idea is that
of leader and followers: Schmidt et al., Pattern-Oriented Software Architecture 2 (2000).

Who may touch the loop is always exactly one thread, or none:

========== ==================== =================================================================
state      the loop is used by  it ends by
========== ==================== =================================================================
kept       the main thread      lending, by the main thread
lent       the holder           ``begin`` or ``give_back``, by the holder
answering  nobody               ``end``, by the holder, or taking back, by the main thread
========== ==================== =================================================================

While the loop is lent the main thread does nothing but look, every ``LOOK_SECONDS``. Where it finds
the holder twice at the same answer, or once at one that waits for others, it takes the loop back,
so a long answer holds nobody up for more than two looks. ``end`` and taking back exclude each other
by a lock: the holder learns from ``end`` whether the loop is still its own. A loan is over once, by
``give_back`` or by being taken back, and the next is another object; so no wake-up of one can be
mistaken for one of another, nor be lost: the main thread waits for this loan's own lock, which only
``give_back`` opens.

Signals are the main thread's, which never answers and so always hears them.
"""

from __future__ import annotations

from threading import Lock
from time import process_time

from web.serving.bounds import LITTLE, LOOK_SECONDS


class Loan:
    """The loop is lent, once; ``watch`` is the main thread's, all else the holder's."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._returned = Lock()
        self._returned.acquire()
        self._answer: object = None
        self._taken_back = False
        self._error: BaseException | None = None

    def begin(self, answer: object) -> None:
        """Leave the loop to make an answer, another object than any before."""
        self._answer = answer

    def end(self) -> bool:
        """Whether the holder has the loop again; if not, the loan is over."""
        with self._lock:
            self._answer = None
            return not self._taken_back

    def give_back(self, error: BaseException | None = None) -> None:
        """Give back what is still the holder's, with what went wrong in the loop."""
        self._error = error
        self._returned.release()

    def watch(self) -> bool:
        """Wait until the loop is back. Raises the holder's ``error``.

        Says whether it was taken back from an answer that waited for others rather than computed:
        one that was being made when this process had done little since the last look.
        """
        seen: object = None
        spent = process_time()
        while not self._returned.acquire(timeout=LOOK_SECONDS):
            before, spent = spent, process_time()
            waits = spent - before < LOOK_SECONDS * LITTLE
            with self._lock:
                if self._answer is not None and (waits or self._answer is seen):
                    self._taken_back = True
                    return waits
                seen = self._answer
        if self._error is not None:
            raise self._error
        return False
