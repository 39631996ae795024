"""Whether the same sources were read before, told without reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from index.blake2b import blake2b
from index.schema import VERSION
from index.sources.inputs.files import check_sources, find_inputs
from index.sources.inputs.packing import NO_HARM, Limits
from index.sources.problems import InputProblem

_OPTIONAL = ("openpyxl", "pyarrow", "trafilatura", "lxml_html_clean")
"""The packages without which some formats are not read, or less well."""


def fingerprint(
    sources: Sequence[str | Path],
    mapping: Mapping[str, str | Sequence[str]],
    limits: Limits = NO_HARM,
) -> str:
    """A hash of every input's path, size and time of change, and of what decides how it is read.

    That are the mapping, the limits, the index's version and the optional packages that are there.
    Empty where an input is standard input or cannot be looked at: then nothing can be said. Raises
    ``SourceError`` where a source does not exist.
    """
    check_sources(sources)
    present = [name for name in _OPTIONAL if find_spec(name)]
    reading = f"{VERSION}\n{sorted(mapping.items())}\n{limits}\n{present}"
    digest = blake2b(reading.encode(), digest_size=16)
    for item in find_inputs(sources):
        if isinstance(item, InputProblem):
            continue
        if item.path is None:
            return ""
        try:
            status = item.path.stat()
        except OSError:
            return ""
        path = str(item.path.absolute()).encode("utf-8", "surrogateescape")
        digest.update(b"%b\0%d\0%d\n" % (path, status.st_size, status.st_mtime_ns))
    return digest.hexdigest()
