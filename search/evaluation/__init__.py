"""How well an engine ranks: judged queries asked, measured and compared.

``trec`` reads queries, judgements and runs, ``measures`` has the figures, ``significance`` tells
whether two differ by more than chance, ``cli`` is the command. Nothing is imported here, so that
the command line starts at once.
"""
