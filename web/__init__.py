"""The page, the JSON API and the ``warta`` command.

Imports nothing, so that the command line starts at once.
"""
