"""Spelling corrections, completions while typing, and similar articles."""
