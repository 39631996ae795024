"""BLAKE2b as ``hashlib`` has it, without OpenSSL, which that loads for what nobody asks here.

Python may have been built without a BLAKE2b of its own: OpenSSL's is as good.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
