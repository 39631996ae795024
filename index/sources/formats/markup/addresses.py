"""Addresses as markup gives them, of which some are none (``http://[x``)."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def joined_url(base: str, url: str) -> str:
    """The address as seen from ``base`` (RFC 3986, section 5); "" where one of them is none."""
    try:
        urlsplit(url)
        return urljoin(base, url)
    except ValueError:
        return ""


def parts_of(url: str) -> SplitResult:
    """The parts of an address, all empty where it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
