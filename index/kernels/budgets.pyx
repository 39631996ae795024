"""Budgets: how much work and time answering a question may cost.

The compiled twin of ``search.budget.PythonBudget``, which says what is counted and why. A question
makes five of them, and asks them ten times.
"""

include "source.pxi"

from libc.math cimport floor, isnan
from libc.stdint cimport int64_t

cdef extern from *:
    """
    #include <stdint.h>
    #include <time.h>

    #define WARTA_ALL ((int64_t)1 << 62)

    static double warta_seconds_of(clockid_t clock) {
        struct timespec now;
        clock_gettime(clock, &now);
        return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
    }

    /* A thread's last reading of its processor's clock, and when that was by the clock on the wall:
       before all time where there is none. It alters no more than how often the clock is read. */
    static _Thread_local double warta_read_at = -1.0, warta_read;

    static double warta_young(double now, double most) {
        double age = now - warta_read_at;
        if (warta_read_at < 0.0 || !(0.0 <= age && age <= most)) {
            warta_read = warta_seconds_of(CLOCK_THREAD_CPUTIME_ID);
            warta_read_at = now;
            return warta_read;
        }
        return warta_read + age;
    }

    static void warta_forget(void) {
        warta_read_at = -1.0;
    }
    """
    const int64_t ALL "WARTA_ALL"   # more than any budget has, and than any work that is counted
    int CLOCK_MONOTONIC
    int CLOCK_THREAD_CPUTIME_ID
    double seconds_of "warta_seconds_of"(int clock) nogil
    double young "warta_young"(double now, double most) nogil   # as search.budget has it
    void forget_reading "warta_forget"() nogil

cdef extern from "Python.h":
    long long PyLong_AsLongLongAndOverflow(object number, int *beyond) except? -1

cdef double YOUNG = 0.01    # the share of a budget's time by which a reading may be older


cdef class Budget:
    """What may be spent from now on: see ``search.budget``. Of one thread.

    Work beyond 2**62 is as much. Raises ValueError where ``most`` is no number.
    """

    def __init__(self, double seconds, most=None):
        self.begin(seconds, number_of(most))

    cdef void begin(self, double seconds, int64_t most) noexcept:
        cdef double now = seconds_of(CLOCK_MONOTONIC)
        self._deadline = young(now, YOUNG * seconds) + seconds
        self._earliest = now + seconds
        self._most = most
        self._parts = self._counted = None
        self.patience = seconds
        self.work = 0
        self.partial = self.late = False

    @property
    def counted(self):
        """What was read whole, by its key, so that it counts once."""
        return self.keys()

    @counted.setter
    def counted(self, dict keys not None):
        self._counted = keys

    cdef dict keys(self):
        if self._counted is None:
            self._counted = {}
        return self._counted

    def spent(self):
        """Whether nothing is left; the caller then leaves something out, so this is ``partial``."""
        return self.is_spent()

    cdef bint is_spent(self) noexcept:
        if self.rest() < 0:
            self.partial = True
            return True
        if self._is_late():
            self.partial = self.late = True
            return True
        return False

    cdef bint _is_late(self) noexcept:
        cdef double now = seconds_of(CLOCK_MONOTONIC), left
        if now < self._earliest:
            return False
        left = self._deadline - seconds_of(CLOCK_THREAD_CPUTIME_ID)
        self._earliest = now + left
        return left < 0.0

    def lasts(self, int64_t work):
        """Whether so much more work leaves it unspent all the while; it never gets partial by it."""
        return self.suffices(work)

    cdef bint suffices(self, int64_t work) noexcept:
        return self.rest() >= work and not self._is_late()

    def left(self):
        """The work that is left, less than nothing where the time is up."""
        return -1 if self._is_late() else self.rest()

    cdef int64_t rest(self) noexcept:
        """The work that is left by counting alone, less than nothing where more was done."""
        if self._most >= ALL:
            return ALL
        return self._most - min(max(self.work, 0), ALL)

    def takes(self, int64_t work):
        """Count work that is to be done at once; False where it is not left: then it is spent."""
        if self.suffices(work):
            self.work += work
            return True
        if self.rest() < work:
            self.work = max(self.work, self._most + 1)
        return not self.is_spent()

    def part(self, most=None):
        """A budget of its own work, of this one's time; this one never gets partial by it."""
        return self.part_of(number_of(most))

    cdef Budget part_of(self, int64_t most):
        cdef Budget found = Budget.__new__(Budget)
        found._deadline, found._earliest, found._most = self._deadline, self._earliest, most
        if self._parts is None:
            self._parts = []
        self._parts.append(found)
        return found

    def apart(self):
        """A budget of as much, none of it spent; this one never knows what it is spent on."""
        return self.apart_of()

    cdef Budget apart_of(self):
        cdef Budget found = Budget.__new__(Budget)
        found._deadline, found._earliest = self._deadline, self._earliest
        found._most = self._most
        return found

    def all_work(self):
        """The work of this one and of its parts."""
        cdef Budget part
        cdef list waiting = [self]
        cdef int64_t work = 0
        while waiting:
            part = <Budget>waiting.pop()
            work += part.work
            if part._parts is not None:
                waiting += part._parts
        return work


cdef Budget budget_of(double seconds):
    """A budget of so much time, and any work."""
    cdef Budget found = Budget.__new__(Budget)
    found.begin(seconds, ALL)
    return found


def forget():
    """Forget when this thread's clock was read: in a child it goes on by one that begins anew."""
    forget_reading()


cdef int64_t number_of(most) except? -1:
    """How much work that is: of a float what it has in full."""
    cdef long long whole
    cdef double found
    cdef int beyond = 0
    if most is None:
        return ALL
    if isinstance(most, int):
        whole = PyLong_AsLongLongAndOverflow(most, &beyond)
        if beyond:
            return ALL if beyond > 0 else -ALL
        return min(max(whole, -ALL), ALL)
    found = most
    if isnan(found):
        raise ValueError("a budget is so much work, or none that ends it")
    return <int64_t>floor(min(max(found, -<double>ALL), <double>ALL))
