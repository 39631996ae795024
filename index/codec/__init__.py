"""Whoosh's seam to segments: its writers and readers over the arrays of ``index.segments``."""
