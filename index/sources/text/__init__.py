"""Texts as archives hold them to clean plain text, and what its first lines say of the article."""
