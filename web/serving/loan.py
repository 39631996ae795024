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
the holder at an answer that was begun so long ago, or half as long at one that waits for others, it
takes the loop back, so a long answer holds nobody up for more than two looks. ``end`` and taking
back exclude each other by a lock: the holder learns from ``end`` whether the loop is still its own.
A loan is over once, by ``give_back`` or by being taken back, and the next is another object; so no
wake-up of one can be mistaken for one of another, nor be lost: the main thread waits for this
loan's own lock, which only ``give_back`` opens.

Signals are the main thread's, which never answers and so always hears them.
"""

from __future__ import annotations

from enum import Enum, auto
from threading import Lock
from time import monotonic, process_time

from web.serving.bounds import LITTLE, LOOK_SECONDS


class Ended(Enum):
    """How a loan ended: given back, or taken back from an answer that waits or takes long."""

    GIVEN_BACK = auto()
    WAITING = auto()
    LONG = auto()


class Loan:
    """The loop is lent, once; ``watch`` is the main thread's, all else the holder's."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._returned = Lock()
        self._returned.acquire()
        self._answering = False
        self._begun = self._spent = 0.0
        self._taken_back = False
        self._error: BaseException | None = None

    def begin(self) -> None:
        """Leave the loop to make an answer."""
        self._begun, self._spent = monotonic(), process_time()
        self._answering = True

    def end(self) -> bool:
        """Whether the holder has the loop again; if not, the loan is over."""
        with self._lock:
            self._answering = False
            return not self._taken_back

    def give_back(self, error: BaseException | None = None) -> None:
        """Give back what is still the holder's, with what went wrong in the loop."""
        self._error = error
        self._returned.release()

    def watch(self) -> Ended:
        """Wait until the loop is back. Raises the holder's ``error``."""
        while not self._returned.acquire(timeout=LOOK_SECONDS):
            with self._lock:
                ended = self._to_be_taken_back()
                if ended is not None:
                    self._taken_back = True
                    return ended
        if self._error is not None:
            raise self._error
        return Ended.GIVEN_BACK

    def _to_be_taken_back(self) -> Ended | None:
        """Why the loop is to be taken back now, None where the holder may keep it.

        An answer waits for others, rather than computes, when this process has done little since
        it was begun.
        """
        if not self._answering:
            return None
        lasted = monotonic() - self._begun
        spent = process_time() - self._spent
        if lasted >= LOOK_SECONDS / 2 and spent < lasted * LITTLE:
            return Ended.WAITING
        return Ended.LONG if lasted >= LOOK_SECONDS else None
