"""The settings of ranking, the second stage's features, recency, and explanations of scores."""
