"""From what was found to a page of hits: order, hits, counts."""
