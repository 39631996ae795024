"""Peers side by side, in the same run on the same data: ``python -m tests.bench``.

Figures depend on the machine and on what else it does; what counts is the ratio to the peer in the
same table.
"""
