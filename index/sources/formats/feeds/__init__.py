"""Feeds, exports and other XML to records."""
