"""Days as Lao offices write them: d/M/yyyy in the Christian era; the fiscal year is the calendar year."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from claims_desk.domain.lao import LAO_DIGITS

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", re.ASCII)
EARLIEST_YEAR = 1900
LATEST_YEAR = 2200
BUDDHIST_ERA = 543


class NotADay(ValueError):
    """The text is no day of the calendar."""


class BuddhistYear(NotADay):
    """The year looks like one of the Buddhist era, 543 years ahead."""


class ImpossibleYear(NotADay):
    """The year is before the first or after the last that a paper may name."""


def format_day(day: date) -> str:
    """10/3/2026."""
    return f"{day.day}/{day.month}/{day.year}"


def format_month(day: date) -> str:
    """3/2026: the month of a day."""
    return f"{day.month}/{day.year}"


def parse_day(text: str) -> date:
    """The day in a file: `yyyy-mm-dd` or `d/m/yyyy`, Lao digits too.

    Raises NotADay; BuddhistYear for a year such as 2569, ImpossibleYear for one before 1900 or after 2200.
    """
    written = _plain(text)
    if match := _ISO.fullmatch(written):
        year, month, day = map(int, match.groups())
    elif (match := _SLASHED.fullmatch(written)) and match[3]:
        day, month, year = map(int, match.groups())
    else:
        raise NotADay(text)
    return _day(year, month, day)


def parse_typed_day(text: str, today: date, start: date | None = None) -> date:
    """The day a clerk types: as in a file, `10/3` (this year), `+1` (days after `start`, else today), `t` today.

    Raises NotADay; BuddhistYear for a year such as 2569, ImpossibleYear for one before 1900 or after 2200.
    """
    written = _plain(text).lower()
    if written in ("t", "ມ"):
        return today
    if re.fullmatch(r"[+-][0-9]{1,3}", written):
        day = (start or today) + timedelta(days=int(written))
        check_year(day.year)
        return day
    if (match := _SLASHED.fullmatch(written)) and not match[3]:
        return _day(today.year, int(match[2]), int(match[1]))
    return parse_day(written)


def _plain(text: str) -> str:
    return text.translate(LAO_DIGITS).replace("\u200b", "").strip()


def check_year(year: int) -> None:
    """Whether papers may name the year. Raises BuddhistYear for one such as 2569, ImpossibleYear for 1899 or 2300."""
    if max(LATEST_YEAR, EARLIEST_YEAR + BUDDHIST_ERA - 1) < year <= LATEST_YEAR + BUDDHIST_ERA:
        raise BuddhistYear(year)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ImpossibleYear(year)


def _day(year: int, month: int, day: int) -> date:
    check_year(year)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADay(f"{day}/{month}/{year}") from error


def office_today() -> date:
    """Today by the clock on the office's wall."""
    return datetime.now().astimezone().date()


def utc_now() -> datetime:
    """This moment as the tables keep it: in UTC, without saying so."""
    return datetime.now(UTC).replace(tzinfo=None)


def office_day(moment: datetime) -> date:
    """The day on the office's wall at a moment as the tables keep it, in UTC."""
    return moment.replace(tzinfo=UTC).astimezone().date()


def day_begins(day: date) -> datetime:
    """The moment in UTC, as the tables keep it, at which the office's day begins."""
    return datetime.combine(day, time.min).astimezone(UTC).replace(tzinfo=None)


def completed_years(born: date, on: date) -> int:
    """Age in completed years; a person born on 29 February completes a year on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def fiscal_year(day: date) -> int:
    """The fiscal year of a day: the calendar year."""
    return day.year


def month_start(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_before(day: date, count: int) -> date:
    """The first day of the month `count` months before the day's; never before the calendar begins."""
    months = max(day.year * 12 + day.month - 1 - count, 12)
    return date(months // 12, months % 12 + 1, 1)
