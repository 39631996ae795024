"""BLAKE2b as ``hashlib`` has it, without OpenSSL, which that loads for what nobody asks here.

Its own module is an affair of CPython's: where it has another name, ``hashlib`` knows it.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
