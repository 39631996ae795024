"""What a client may take: seconds, bytes and places, each with its reason.

None is a setting: a client that needs more is broken or hostile, whatever the index is.
"""

from __future__ import annotations

LONGEST_REQUEST_LINE = 8190
"""In bytes. A query of 500 characters takes up to 6,000 of them percent-encoded."""

MOST_FIELDS = 64
"""Header fields of a request. Browsers send about 15, and a proxy adds a few."""

LONGEST_HEAD = 32 * 1024
"""In bytes: request line and header fields, as much as nginx passes on by default."""

HEAD_SECONDS = 10.0
"""From the first byte of a head to its last. A real client sends it in one or two packets."""

IDLE_SECONDS = 15.0
"""How long a connection may stay open without a byte, before its first request or between two."""

LINGER_SECONDS = 2.0
"""How long an answered connection is listened to before it is closed, so that what the client still
sends does not make the system throw the answer away (RFC 9112, section 9.6); also how long a worker
that is replaced waits for a request that may be under way on a kept-alive connection."""

LARGEST_UNSENT = 1024 * 1024
"""In bytes: how much of an answer waits for its client without holding a thread. Every page and
answer fits in it; only exports are longer."""

LARGEST_HELD = 64 * 1024 * 1024
"""In bytes: how much one worker holds for all clients, in unfinished heads and untaken answers."""

STALLED_SECONDS = 30.0
"""A client that takes nothing of its answer for so long is gone."""

LOWEST_RATE = 8 * 1024
"""In bytes a second: a client that takes less, on average since the server began to wait for it and
after ``STALLED_SECONDS``, holds memory, and for an export a thread, for too long. Links of the
second generation of mobile telephones are as slow."""

LONGEST_QUEUE = 128
"""Requests that wait for a thread of a worker. A thread answers about two hundred a second, so the
last of them waits for about a second; a longer queue would only be given up by its clients."""

LONGEST_OPERATORS_QUEUE = 16
"""Probes that wait for the thread of their own. Monitors ask one at a time; whoever asks more is
sent away first, so that strangers who ask these addresses do not keep the monitors waiting."""

OLDEST_WAITING = 5.0
"""In seconds: who waited longer has given up or will ask again."""

OVERLOADED_RETRY_SECONDS = 2
"""When a client that was sent away may ask again: the queue has been worked off by then."""

MOST_CONNECTIONS = 8192
"""Of a worker, if the system allows as many files; about 3 kB of memory each."""

SEATS = 128
"""Workers whose connections are counted, so that those with few take the next. Also one that is
replaced has a seat until it ends."""

LEAVE_SECONDS = 0.005
"""How long a worker that has more connections than another leaves a new one to that: an idle one
takes it in less than a millisecond, one that answers in a few."""

RESERVED_FILES = 256
"""File descriptors that a worker keeps for the index, its log and itself."""

SWITCH_SECONDS = 0.001
"""How long a computing thread may keep the interpreter from the others. Python's own 5 ms would be
waited for at each step of a short request beside a long one."""

SWEEP_SECONDS = 1.0
"""How often what waits too long is looked for, and the main process told that the worker lives."""

LOOK_SECONDS = 0.005
"""How often the main thread looks at an answer that is made with the loop. A usual answer takes one
or two milliseconds; looking costs about 30 µs of processor."""

CATCH_UP_TURNS = 8
"""Turns of the loop after an answer from which it was taken back, while something happens: a client
is taken in one, read in the next. Beside many answers that compute each turn takes as many
milliseconds as there are of them, and lent at once the loop would be held up by the next of them,
so that a probe waited for seconds."""

LEAD_SECONDS = 0.05
"""How long a thread that answers keeps the loop when nothing happens. Looking costs less than
lending for the next request, unless that comes later."""

LITTLE = 0.3
"""Of a core: a process that uses less of it while an answer is made has time for another."""

TOGETHER_SECONDS = 0.1
"""How long after an answer that waited for others the next ones are made without the loop. Then it
is lent again, which holds up what waits for no more than a look."""

MANY_AT_WORK = 8
"""Of the threads of a worker: while so many answer, the next do so without the loop. A thread that
is lent it, and the main thread that takes it back, wait for the interpreter as long as there are
others that compute: for 64 that was seconds one after the other, for the usual four it is little.
"""
