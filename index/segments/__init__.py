"""The file format of a segment: memory-mapped arrays with checksums, and their merging.

``container`` is the file, ``postings`` and ``documents`` are two kinds of it, opened by ``reader``.
"""
