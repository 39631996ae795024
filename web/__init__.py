"""The page, the JSON API and the ``warta`` command. Imports nothing, so that it starts at once."""
