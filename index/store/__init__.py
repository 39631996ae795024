"""The index directory: generations, the one in use, and how another takes its place.

``Store`` is all that others need. What must survive a power failure goes through ``durable``.
"""

from index.store.store import KEEP, Store

__all__ = ["KEEP", "Store"]
