"""How well Warta ranks judged articles, beside a baseline; ``table.json`` is what it reached."""
