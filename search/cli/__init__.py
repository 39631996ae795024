"""The commands that ask an index.

``ask`` has ``warta search``, whose arguments are declared in ``options`` and told apart in
``command_line``; ``printing`` shows answers to people, ``many`` answers the queries of a file.
``stats`` and ``analyze`` have the commands of their names.
"""
