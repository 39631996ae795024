"""Copies of an index, to keep elsewhere and to put to use again.

``directory`` and ``stream`` make one, ``restoring`` publishes one as a new generation; ``contents``
says what a backup holds.
"""

from index.backup.contents import BackedUp
from index.backup.directory import back_up
from index.backup.restoring import Restored, restore
from index.backup.stream import write_stream

__all__ = ["BackedUp", "Restored", "back_up", "restore", "write_stream"]
