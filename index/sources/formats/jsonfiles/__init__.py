"""JSON and JSON Lines, also almost right, nested and wrapped, to records."""
