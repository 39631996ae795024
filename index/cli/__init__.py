"""The commands that write and check an index.

``build`` has rebuild and update, whose work ``job`` does and ``report`` tells of, with the
``columns``, the ``problems`` and the ``preview`` of a dry run; ``maintain`` has the others. Nothing
is imported here, so that each command loads no more than its own.
"""
