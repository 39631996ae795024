"""What an object works out when it is asked for, once: ``cached_property`` without a lock.

Before Python 3.12 the standard library's takes a lock, which is most of its time. Of two threads
that ask at once both work it out, as with it they do from 3.12 on.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

__all__ = ["kept"]

if TYPE_CHECKING:
    from functools import cached_property as kept
else:

    class kept(cached_property):  # noqa: N801 - as it is named there
        """A property that is worked out once and kept with the object."""

        def __get__(self, one: Any, kind: Any = None) -> Any:
            """The value, which later is the object's own attribute."""
            if one is None:
                return self
            value = one.__dict__[self.attrname] = self.func(one)
            return value
