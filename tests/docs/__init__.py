"""The documentation: the page that is made from declarations, and reading of all pages.

``python -m tests.docs`` writes the former; ``tests/test_docs.py`` says what must be true.
"""
