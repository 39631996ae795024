"""The file format of a segment: memory-mapped arrays with checksums, and their merging.

``container`` is the file; ``postings``, ``documents`` and ``derived`` are the kinds of it that a
segment has, opened by ``reader``. ``toc`` lists the segments of a generation.
"""
