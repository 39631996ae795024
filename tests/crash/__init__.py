"""The index directory under kills, faults and power cuts, at the operating system's boundary.

``recording`` and ``power_cut`` replay every prefix of what commands do to the disk, ``running``
kills real commands and lets their system calls fail, ``commands`` says which, ``promises`` what
must hold afterwards. Without WARTA_CRASHES a seeded share runs; ``make test-crash`` asks for 1,000
kills and faults. A failure names the command and the state; WARTA_CRASH_SEED repeats its choices.
"""

import pytest

pytest.register_assert_rewrite("tests.crash.promises")
