"""Indexes and programs of other versions: those of this repository's history, and made-up ones."""
