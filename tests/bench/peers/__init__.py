"""Search engines of others and ours behind one small interface, each in a module of its own.

``peer.py`` says what a peer is, ``registry.py`` lists them.
"""
