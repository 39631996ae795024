"""Why an index has to be rebuilt, or that it need not be: for ``rebuild --if-needed``."""

from __future__ import annotations

from index.bilingual import Text
from index.cli.options import Choices
from index.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnreadable
from index.light_dataclass import dataclass
from index.target import IndexTarget, MadeFrom


@dataclass(frozen=True, slots=True)
class Need:
    """A reason: ``code`` is ``missing``, ``damaged``, ``outdated``, ``changed`` or ``unknown``."""

    code: str
    reason: Text


MISSING = Need("missing", Text("there is no index yet", "belum ada indeks"))
SOURCES = Need(
    "changed",
    Text("the sources, or how they are to be read, changed", "sumber atau cara membacanya berubah"),
)
WORDS = Need(
    "changed",
    Text("other words or another stemmer are chosen", "daftar kata atau stemmer berganti"),
)
OUTDATED = Need(
    "outdated",
    Text(
        "another version of the schema or the analyzer made it",
        "indeks dibuat oleh versi skema atau analisis yang lain",
    ),
)
UNKNOWN = Need(
    "unknown",
    Text("the sources cannot be compared with before", "sumber tidak dapat dibandingkan"),
)


def need(choices: Choices, target: IndexTarget, fingerprint: str | None) -> Need | MadeFrom:
    """The reason to rebuild, or, where there is none, what the index in use was made from.

    Damage is looked for as far as opening tells. ``fingerprint`` of the sources: empty where it
    cannot be told, None where nothing but the index itself is read.
    """
    made = target.made_from()
    if made is None:
        return _unusable(target)
    from index.analysis import chosen

    if chosen(choices.words, choices.stemmer, made.words) != made.words:
        return WORDS
    if fingerprint == "":
        return UNKNOWN
    if fingerprint is not None and fingerprint != made.fingerprint:
        return SOURCES if made.fingerprint else UNKNOWN
    return made


def _unusable(target: IndexTarget) -> Need:
    """Why nothing is known of the generation in use."""
    try:
        # An error is raised by the first article, if not before.
        next(target.stored_articles(), None)
    except IndexMissing:
        return MISSING
    except IndexOutdated:
        return OUTDATED
    except IndexDamaged as error:
        file, told = error.file, error.told
        return Need(
            "damaged",
            Text(
                f"it is damaged ({file}: {told.english})",
                f"indeks rusak ({file}: {told.indonesian})",
            ),
        )
    except IndexUnreadable as error:
        file, reason = error.file, error.reason
        return Need(
            "damaged",
            Text(
                f"{file} cannot be read: {reason.english}",
                f"{file} tidak dapat dibaca: {reason.indonesian}",
            ),
        )
    return OUTDATED  # The articles of an index of any version can be read.
