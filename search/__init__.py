"""A request in, ranked hits out.

Imports nothing, so that the command line starts at once.
"""
