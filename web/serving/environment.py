"""What the server tells the application about a request, beside what WSGI has."""

from __future__ import annotations

METRICS_ONLY = "warta.metrics_only"
"""Key of a request's environment: whether it came where only metrics are served."""

STREAMS = "warta.streams"
"""Key of a request's environment: the worker's places for answers without a length."""
