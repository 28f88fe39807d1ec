"""What the demo did, as a supervisor would read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims_desk.demo.office_day import Day
from claims_desk.demo.papers import Papers
from claims_desk.demo.returns import QUARTER
from claims_desk.domain.codes import Decision, VoucherState
from claims_desk.domain.messages import tr
from claims_desk.domain.money import format_kip
from claims_desk.models import Claim, ClaimDecision, Facility, FindingRow, Submission, Voucher
from claims_desk.models.database import Database
from claims_desk.rules.catalogue import CATALOGUE

Cells = Sequence[object]
MOST_FINDINGS = 10


def print_summary(console: Console, db: Database, day: Day, papers: Papers) -> None:
    """Print the quarter: what came in, what was decided and why, what is paid to whom, and what still waits."""
    forms, kip, claims = tr("Forms"), tr("Kip"), tr("Claims")
    console.print(_table(tr("The quarter"), ("", forms, kip), db.read(_decisions)))
    console.print(tr("A case rate pays every case of its group the same, so more may be payable than was claimed."))
    why = tr("Why claims were stopped, denied or cut: the {count} most frequent", count=MOST_FINDINGS)
    console.print(_table(why, (tr("Rule"), "", claims), db.read(_findings)))
    headings = (tr("Scheme"), tr("Level"), tr("Vouchers"), kip)
    console.print(_table(tr("Posted vouchers by scheme and level"), headings, db.read(_paid)))
    for line in _what_was_done(day, papers):
        console.print(line)


def _what_was_done(day: Day, papers: Papers) -> Iterator[str]:
    yield tr(
        "{count} claims keyed twice, {differences} differences decided by a third person; {overridden} pended claims"
        " accepted by a supervisor with a reason.",
        count=day.verified,
        differences=day.differences,
        overridden=day.overridden,
    )
    yield tr(
        "{bundles} bundles; {made} batches made, {approved} approved; {prepared} vouchers prepared, {posted} posted;"
        " {files} payment files sealed.",
        bundles=len(day.bundles),
        made=day.batches,
        approved=day.approved,
        prepared=len(day.vouchers),
        posted=len(day.posted),
        files=len(papers.payment_files),
    )
    capitated = day.capitated
    yield tr(
        "Capitation of quarter {quarter}: {facilities} facilities filed {closed} returns that are closed and {open}"
        " still open, {answers} unusual numbers were confirmed; {prepared} vouchers prepared, {posted} posted.",
        quarter=f"{QUARTER.number}/{QUARTER.year}",
        facilities=capitated.facilities,
        closed=capitated.closed,
        open=capitated.open,
        answers=capitated.answers,
        prepared=len(capitated.vouchers),
        posted=len(capitated.posted),
    )
    yield tr(
        "Papers: {vouchers} vouchers, {letters} letters, {slips} receipt slip.",
        vouchers=len(papers.vouchers),
        letters=len(papers.letters),
        slips=len(papers.slips),
    )


def _table(title: str, headings: Sequence[str], rows: Iterable[Cells]) -> Table:
    """A table whose numbers stand right."""
    shown = list(rows)
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if shown and isinstance(shown[0][place], int) else "left")
    for row in shown:
        table.add_row(*(format_kip(cell) if isinstance(cell, int) else str(cell) for cell in row))
    return table


def _decisions(session: Session) -> list[Cells]:
    counted = select(func.sum(Submission.forms_counted), func.sum(Submission.kip_counted))
    forms, kip = session.execute(counted).one()
    rows: list[Cells] = [(tr("Counted by hand at receipt"), int(forms or 0), int(kip or 0))]
    by_decision = (
        select(ClaimDecision.decision, func.count(), func.sum(ClaimDecision.payable))
        .where(ClaimDecision.current)
        .group_by(ClaimDecision.decision)
    )
    found = {decision: (count, int(payable)) for decision, count, payable in session.execute(by_decision)}
    names = {
        Decision.ACCEPT: tr("Accepted, payable"),
        Decision.PEND: tr("Pended, payable if cured"),
        Decision.DENY: tr("Denied"),
    }
    return rows + [(names[decision], *found.get(decision, (0, 0))) for decision in Decision]


def _findings(session: Session) -> list[Cells]:
    query = (
        select(FindingRow.code, func.count(ClaimDecision.claim_id.distinct()))
        .join(ClaimDecision, (ClaimDecision.id == FindingRow.decision_id) & ClaimDecision.current)
        .join(Claim, Claim.id == ClaimDecision.claim_id)
        .group_by(FindingRow.code)
        .order_by(func.count(ClaimDecision.claim_id.distinct()).desc(), FindingRow.code)
        .limit(MOST_FINDINGS)
    )
    titles = {rule.code: rule.title for rule in CATALOGUE}
    return [(code, titles[code].text() if code in titles else "", count) for code, count in session.execute(query)]


def _paid(session: Session) -> list[Cells]:
    query = (
        select(Voucher.scheme, Facility.level, func.count(), func.sum(Voucher.amount))
        .join(Facility, Facility.code == Voucher.facility_code)
        .where(Voucher.state == VoucherState.POSTED)
        .group_by(Voucher.scheme, Facility.level)
        .order_by(Voucher.scheme, Facility.level)
    )
    rows = [(scheme, level, count, int(kip)) for scheme, level, count, kip in session.execute(query)]
    return [*rows, (tr("Total"), "", sum(row[2] for row in rows), sum(row[3] for row in rows))]
