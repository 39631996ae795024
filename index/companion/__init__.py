"""A light copy of a generation: what planning a question needs, and nothing that grows with texts.

It has the dictionaries with document frequencies, titles whole, columns and what was learned from
the articles; of bodies neither postings nor positions nor the texts.
"""

from index.companion.extending import extend
from index.companion.lightening import LIGHT_FIELDS, lighten
from index.companion.owed import Were

__all__ = ["LIGHT_FIELDS", "Were", "extend", "lighten"]
