"""What Ctrl+K looks through besides panes and commands: a new noun adds its finder here."""

from __future__ import annotations

from collections.abc import Callable

from claims_desk.domain.codes import Role
from claims_desk.domain.dates import format_day, format_month
from claims_desk.domain.messages import tr
from claims_desk.domain.money import format_kip
from claims_desk.domain.paging import PageWanted
from claims_desk.domain.terms import level_name
from claims_desk.queries.batches import batches
from claims_desk.queries.claims import find_claims
from claims_desk.queries.facilities import find_facilities
from claims_desk.queries.members import MemberFound, find_members
from claims_desk.queries.monthly_returns import monthly_returns
from claims_desk.queries.submissions import submissions
from claims_desk.queries.vouchers import vouchers
from claims_desk.ui.desk import Desk, Found, Place

Finder = Callable[[Desk, str], list[Found]]
EACH = 5
FORM_DIGITS = 6


def claims_found(desk: Desk, text: str) -> list[Found]:
    """Claims by form number, or by a number or name of their member; they open under Review, for a clerk under Key.

    What a clerk may have to key blind he does not find.
    """
    members = desk.db.read(find_members, text, EACH)
    numbers = [number for row in members for number in _numbers(row)]
    begun = [desk.db.read(find_claims, start, EACH, desk.blind_for, numbers) for start in _form_numbers(text)]
    claims = list(dict.fromkeys(row for rows in begun for row in rows))[:EACH]
    pane = "review" if desk.actor.may(Role.SUPERVISOR, Role.AUDITOR) else "key"
    return [
        Found(
            tr("Claim {number}", number=row.form_no),
            f"{row.facility_code} · {row.patient_name} · {format_kip(row.claimed)}",
            Place(pane, "claim", row.id, row.form_no),
        )
        for row in claims
    ]


def _form_numbers(text: str) -> tuple[str, ...]:
    """A number as it stands on a form, 1149 as 001149, before what begins as typed."""
    return tuple(dict.fromkeys((text.zfill(FORM_DIGITS), text))) if text.isdecimal() else (text,)


def members_found(desk: Desk, text: str) -> list[Found]:
    """Members by any number, part of a name in either script, birth date or village."""
    return [
        Found(
            row.name.text(),
            f"{', '.join(_numbers(row))} · {format_day(row.birth_date)} · {row.village}",
            Place("registers", "member", text=row.person_no),
        )
        for row in desk.db.read(find_members, text, EACH)
    ]


def _numbers(row: MemberFound) -> list[str]:
    return [number for _, number in row.numbers] + ([row.matched] if row.matched else [])


def vouchers_found(desk: Desk, text: str) -> list[Found]:
    """Vouchers by number or facility."""
    page = desk.db.read(vouchers, PageWanted(limit=EACH, search=text))
    return [
        Found(
            tr("Voucher {number}", number=row.number or "–"),
            f"{row.facility.text()} · {row.scheme} · {format_kip(row.amount)}",
            Place("payments", "vouchers", row.id, row.number),
        )
        for row in page.rows
    ]


def batches_found(desk: Desk, text: str) -> list[Found]:
    """Batches by number or facility."""
    page = desk.db.read(batches, PageWanted(limit=EACH, search=text))
    return [
        Found(
            tr("Batch {number}", number=row.number),
            f"{row.facility.text()} · {format_kip(row.payable)}",
            Place("batches", "batch", row.id, row.number),
        )
        for row in page.rows
    ]


def bundles_found(desk: Desk, text: str) -> list[Found]:
    """Bundles by number or facility."""
    page = desk.db.read(submissions, PageWanted(limit=EACH, search=text))
    return [
        Found(
            tr("Bundle {number}", number=row.number),
            f"{row.facility.text()} · {format_month(row.month)}",
            Place("receive", "bundle", row.id, row.number),
        )
        for row in page.rows
    ]


def facilities_found(desk: Desk, text: str) -> list[Found]:
    """Facilities by code or part of a name."""
    return [
        Found(
            row.name.text(),
            f"{row.code} · {level_name(row.level).text()}",
            Place("registers", "facility", text=row.code),
        )
        for row in desk.db.read(find_facilities, text, EACH)
    ]


def returns_found(desk: Desk, text: str) -> list[Found]:
    """The newest monthly returns of a facility, by its code or part of its name."""
    page = desk.db.read(monthly_returns, PageWanted(limit=EACH, search=text), desk.today())
    return [
        Found(
            tr("Monthly return {month}/{year}", month=row.month.month, year=str(row.month.year)),
            f"{row.facility_code} · {row.facility.text()}",
            Place("receive", "return", row.id, f"{row.facility_code} {row.month}"),
        )
        for row in page.rows
    ]


FINDERS: list[Finder] = [
    claims_found,
    members_found,
    bundles_found,
    batches_found,
    vouchers_found,
    facilities_found,
    returns_found,
]
