"""Logs of programs, told from texts that have times in them."""

from __future__ import annotations

import re

from index.patterns import on_use

_READ = 1 << 14
_ENOUGH = 3

_LEVEL = r"(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|CRITICAL|FATAL|SEVERE)"
_DAY = r"\d{4}[-/]\d{2}[-/]\d{2}"
_TIME = r"\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|\s?[+-]\d{2}:?\d{2})?"
_ENTRY = on_use(
    rf"""
    \[?{_DAY}[T ]{_TIME}\]?[^\w\n]{{1,4}}(?:[\w.:/@\-\[\]() ]{{0,60}}?[^\w\n])?{_LEVEL}\b
    | [\[<]?{_LEVEL}[\]>]?[ :|\-]{{1,6}}\[?(?:{_DAY}[T ])?{_TIME}\b
    | {_LEVEL}:[\w.]{{1,80}}:
    | \[{_LEVEL}\][ :]
    | {_DAY}[ ]{_TIME}[ ]\[(?:emerg|alert|crit|error|warn|notice|info|debug)\]
    | \S{{1,80}}[ ]\S{{1,40}}[ ]\S{{1,40}}[ ]
      \[\d{{2}}/[A-Z][a-z]{{2}}/\d{{4}}:\d{{2}}:\d{{2}}:\d{{2}}[ ]
    | [A-Z][a-z]{{2}}[ ][ \d]\d[ ]\d{{2}}:\d{{2}}:\d{{2}}[ ]
      \S{{1,80}}[ ][\w./\-]{{1,80}}(?:\[\d+\])?:
    | [IWEFD]\d{{4}}[ ]\d{{2}}:\d{{2}}:\d{{2}}\.\d{{1,9}}[ ]+\d+[ ]
    """,
    re.VERBOSE,
)


def is_log_text(head: str) -> bool:
    """Whether a text that begins so is a log: its lines begin with a time and a level.

    The formats are those of Python's logging (and Scrapy's), log4j, syslog (RFC 3164), web servers'
    access and error logs, and glog. Lines that are indented belong to the entry above.
    """
    lines = [line for line in head[:_READ].splitlines() if line.strip()]
    if not lines or _ENTRY.match(lines[0]) is None:
        return False
    own = [line for line in lines if not line[0].isspace()]
    entries = sum(1 for line in own if _ENTRY.match(line))
    return entries >= _ENOUGH or entries == len(own)
