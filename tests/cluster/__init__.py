"""A real OpenSearch cluster of three nodes on this machine, and the tests that need one.

``make test-cluster`` runs them; ``python -m tests.cluster`` starts a cluster by hand.
"""
