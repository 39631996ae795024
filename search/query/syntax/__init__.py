"""The syntax tree of a query: one module a kind of node.

``node`` says what every kind does: become a Whoosh query, and tell what it marks in texts.
"""
