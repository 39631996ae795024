"""The query language: text to a syntax tree with notes, rewritten, and its Whoosh query objects.

``parse`` reads a text, ``rewrite`` says what is searched for, and a node's ``compile`` makes the
query of it with ``weights``.
"""
