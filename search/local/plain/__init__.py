"""The short way from a text of plain words to its question, by what is kept of its words."""
