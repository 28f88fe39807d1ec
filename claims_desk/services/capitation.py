"""The capitation run: one voucher a facility for its share of a quarter, which then goes the way of every voucher."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role, VoucherKind
from claims_desk.domain.dates import utc_now
from claims_desk.domain.errors import Stale, UserError
from claims_desk.domain.messages import say
from claims_desk.domain.quarters import Quarter
from claims_desk.models import CapitationLine, Facility, Voucher
from claims_desk.models.database import Database
from claims_desk.queries.capitation import CapitationRun, ShareRow, capitation_run
from claims_desk.services.capitation_shares import share_of
from claims_desk.services.deed import Deed, deed


def prepare_capitation(
    db: Database,
    actor: Actor,
    scheme: str,
    quarter: Quarter,
    *,
    on: date,
    previewed: Mapping[str, int] | None = None,
) -> list[int]:
    """Prepare a voucher for every facility whose share of the quarter is still to be paid; returns their ids.

    `previewed`: the kip by facility code somebody looked at. Raises Stale where the run is no longer that, UserError
    for a quarter that has not begun on day `on` and where nothing is to be paid.
    """
    _need_begun(quarter, on)
    with deed(db, actor, Role.ACCOUNTANT) as work:
        work.in_turn("capitation")
        run = capitation_run(work.session, scheme, quarter, on)
        if previewed is not None and previewed != {row.facility_code: row.amount for row in run.payable}:
            raise Stale(
                say("The run is no longer what you looked at: a register or a voucher changed."),
                say("Look at it again, then prepare."),
            )
        if not run.payable:
            raise UserError(
                say("No share of this quarter can be put on a voucher."),
                say("Either all is paid already, or the list names what the register lacks."),
            )
        return [_prepare(work, run, row).id for row in run.payable]


def _need_begun(quarter: Quarter, on: date) -> None:
    if quarter.first > on:
        raise UserError(
            say("Quarter {quarter} of {year} has not begun.", quarter=quarter.number, year=str(quarter.year)),
            say("Its terms are those of its first day, {day}. Prepare it from then on.", day=quarter.first),
        )


def _prepare(work: Deed, run: CapitationRun, row: ShareRow) -> Voucher:
    quarter = run.quarter
    payee = work.session.execute(select(Facility).where(Facility.code == row.facility_code)).scalar_one()
    voucher = Voucher(
        kind=VoucherKind.CAPITATION,
        facility_code=row.facility_code,
        scheme=run.scheme,
        period_from=quarter.months[0],
        period_to=quarter.months[-1],
        bank_code=payee.bank_code,
        bank_account=payee.bank_account,
        bank_account_name=payee.bank_account_name,
        claims=0,
        allowed=row.amount,
        copay_due=0,
        amount=row.amount,
        prepared_by=work.actor.user_id,
        prepared_at=utc_now(),
    )
    share = share_of(work.session, row.facility_code, run.scheme, quarter)
    work.session.add(voucher)
    work.session.flush()
    share.voucher_id = voucher.id
    work.session.add(
        CapitationLine(
            voucher_id=voucher.id,
            share_id=share.id,
            catchment=row.catchment or 0,
            rate=row.rate or 0,
            own_rate=row.own_rate,
            year_amount=row.year_amount,
            amount=row.amount,
        )
    )
    told = {
        "facility": row.facility_code,
        "scheme": run.scheme,
        "quarter": str(quarter),
        "catchment": row.catchment,
        "rate": row.rate,
        "kip": row.amount,
        "returns_missing": len(row.missing),
    }
    work.record("voucher.prepare_capitation", voucher, after=told)
    return voucher
