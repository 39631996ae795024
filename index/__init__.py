"""Articles in, published generations out.

Imports nothing, so that the command line starts at once.
"""
