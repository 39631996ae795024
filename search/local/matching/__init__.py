"""Queries to the documents that match and their scores: one module a kind of query."""
