"""One module a format: the bytes of a file to records and problems."""
