"""The commands that write and check an index.

``build`` has rebuild and update, whose work ``job`` does and ``report`` tells of; ``maintain`` has
the others. Nothing is imported here, so that each command loads no more than its own.
"""
