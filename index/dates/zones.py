"""Time zones of Indonesian news, and moments as its readers see them.

The zones are fixed offsets, not entries of the time zone database: WIB has been UTC+7 since 1964,
an older article gives its calendar day and not the local mean time of its day, and a machine
without time zone data reads the same dates.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
"""Asia/Jakarta: the zone of a date that names none, and of every date shown."""

_HOURS: dict[str, float] = {
    **{"z": 0, "utc": 0, "gmt": 0, "ut": 0, "wib": 7, "wita": 8, "wit": 9},
    # The zones of RFC 2822, then those of the region and of the agencies its papers quote.
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7},
    **{"sgt": 8, "myt": 8, "hkt": 8, "pht": 8, "ict": 7, "jst": 9, "kst": 9, "awst": 8},
    **{"aest": 10, "aedt": 11, "cet": 1, "cest": 2, "bst": 1},
    **{"asia/jakarta": 7, "asia/pontianak": 7, "asia/bangkok": 7},
    **{"asia/makassar": 8, "asia/ujung_pandang": 8, "asia/singapore": 8, "asia/kuala_lumpur": 8},
    **{"asia/jayapura": 9, "asia/tokyo": 9, "etc/utc": 0},
    **{"waktu indonesia barat": 7, "waktu indonesia tengah": 8, "waktu indonesia timur": 9},
    **{"western indonesia time": 7, "central indonesia time": 8, "eastern indonesia time": 9},
    **{"se asia standard time": 7, "waktu jakarta": 7, "waktu indochina": 7},
    **{"indochina time": 7},
}

ZONE_NAMES = "|".join(
    re.escape(name) for name in sorted(_HOURS, key=len, reverse=True) if name != "z"
)
"""An expression for the names of zones, in small letters."""


def zone_of(name: str | None) -> timezone:
    """The zone of a name or an offset, WIB for none.

    Raises ``ValueError`` for an offset that no zone has.
    """
    if not name:
        return WIB
    letters = name.rstrip("+-:0123456789").strip().lower()
    offset = name[len(name.rstrip("+-:0123456789")) :]
    if not offset:
        return timezone(timedelta(hours=_HOURS[letters]))
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    if int(hours) > 14 or int(minutes) > 59:
        raise ValueError("no zone is so far from UTC")
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-distance if offset[0] == "-" else distance)


def local_day(moment: datetime) -> date:
    """The calendar day of an aware moment in Asia/Jakarta."""
    return moment.astimezone(WIB).date()


def iso_date(moment: datetime) -> str:
    """An aware moment as ISO 8601 in WIB; the day alone where it is exactly midnight there.

    A date that was given without a time is midnight, so it comes out as it went in.
    """
    local = moment.astimezone(WIB)
    if local.hour == local.minute == local.second == local.microsecond == 0:
        return local.date().isoformat()
    return local.isoformat()
