"""How articles are ranked beyond their words, what of it can be set, and why a score is so."""
