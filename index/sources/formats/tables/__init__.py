"""CSV and its relatives, also where their quotation marks are wrong, to records."""
