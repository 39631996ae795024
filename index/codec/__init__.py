"""A Whoosh codec of memory-mapped NumPy arrays.

``container`` is the file: named arrays with checksums. ``postings`` and ``documents`` are the two
files of a ``segment``; ``codec`` is Whoosh's seam to them.
"""
