"""The bytes of a file to records and problems: a module or a folder for each format."""
