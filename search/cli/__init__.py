"""The commands that ask an index.

``ask`` has ``warta search``: its arguments are declared in ``options`` and told apart in
``command_line``, its answers given by ``output`` and ``printing``; ``many`` answers the lines that
``queries`` reads. ``stats`` and ``analyze`` have the commands of their names.
"""
