"""Saved web pages to records: their facts and their main text."""
