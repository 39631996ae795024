"""Dictionaries of many values' attributes: the compiled form of zipping them, value by value."""

include "source.pxi"


def objects(values, tuple names not None, tuple attributes not None, list columns not None):
    """Of each value a dict: under each name its attribute or, where there is a column, that's item.

    ``names``, ``attributes`` and ``columns`` are as long as each other, and a column, a list or
    None, as long as ``values``. Raises ValueError for others, AttributeError as the values do.
    """
    cdef Py_ssize_t place, members = len(names), at = 0, count = len(values)
    cdef list found = []
    cdef list column
    cdef dict one
    if len(attributes) != members or len(columns) != members:
        raise ValueError("as many names as attributes and columns are needed")
    for column in columns:
        if column is not None and len(column) != count:
            raise ValueError("a column is not as long as there are values")
    for value in values:
        one = {}
        for place in range(members):
            column = columns[place]
            if column is None:
                one[names[place]] = getattr(value, attributes[place])
            else:
                one[names[place]] = column[at]
        found.append(one)
        at += 1
    return found
