"""Dictionaries of many values' attributes: the compiled form of zipping them, value by value."""

include "source.pxi"


def objects(
    values, tuple names not None, tuple attributes not None, tuple keys not None,
    tuple omitted not None, list columns not None,
):
    """Of each value a dict: under each name its attribute or, where there is a column, that's item.

    Where there is a key, it is what the attribute, a mapping, has under it, or None. Where it is
    ``omitted`` the dict has no such name if the value is false. All but ``values`` are as long as each
    other, and a column, a list or None, as long as ``values``. Raises ValueError for others,
    AttributeError as the values do.
    """
    cdef Py_ssize_t place, members = len(names), at = 0, count = len(values)
    cdef list found = []
    cdef tuple column
    cdef tuple kept
    cdef dict one
    if len(attributes) != members or len(columns) != members:
        raise ValueError("as many names as attributes and columns are needed")
    if len(keys) != members or len(omitted) != members:
        raise ValueError("as many names as keys are needed")
    # What an attribute does may alter the lists.
    kept = tuple([None if some is None else tuple(some) for some in columns])
    for column in kept:
        if column is not None and len(column) != count:
            raise ValueError("a column is not as long as there are values")
    for value in values:
        if at == count:
            raise ValueError("there are more values than were told")
        one = {}
        read = mapping = None
        for place in range(members):
            column = kept[place]
            key = keys[place]
            if column is not None:
                item = column[at]
            elif key is None:
                item = getattr(value, attributes[place])
            else:
                if read is not attributes[place]:  # else it is another entry of the same mapping
                    read = attributes[place]
                    mapping = getattr(value, read)
                item = (<dict>mapping).get(key) if type(mapping) is dict else mapping.get(key)
            if not omitted[place] or item:
                one[names[place]] = item
        found.append(one)
        at += 1
    return found
