"""A claim as Review shows it: the record with the names the registers know and the earlier claims it touches."""

from __future__ import annotations

from dataclasses import dataclass

from claims_desk.domain.facts import EarlierClaim
from claims_desk.domain.messages import Name
from claims_desk.domain.registers import Registers
from claims_desk.queries.claim_opened import ClaimOpened, claim_opened
from claims_desk.queries.earlier_named import earlier_named
from claims_desk.ui.desk import Desk
from claims_desk.ui.review.columns import LineShown


@dataclass(frozen=True, slots=True)
class Opened:
    """A claim with the registers of today."""

    record: ClaimOpened
    registers: Registers
    earlier: tuple[EarlierClaim, ...]

    def facility(self, code: str) -> Name:
        """The name of a facility; its code where no register knows it."""
        row = self.registers.facilities.get(code)
        return row.name if row else Name(code, code)

    def lines(self) -> list[LineShown]:
        """The lines as keyed, each with what was decided of it."""
        decision = self.record.decision
        decided = {line.line_no: line for line in decision.lines} if decision else {}
        findings = decision.findings if decision else ()
        return [
            LineShown(
                line_no=line.line_no,
                item_code=line.item_code,
                item=self._item(line.item_code),
                service_date=line.service_date,
                quantity=line.quantity,
                unit_price=line.unit_price,
                price=decided[line.line_no].price if line.line_no in decided else None,
                allowed=decided[line.line_no].allowed if line.line_no in decided else None,
                codes=", ".join(dict.fromkeys(found.code for found in findings if found.line_no == line.line_no)),
            )
            for line in self.record.claim.lines
        ]

    def _item(self, code: str) -> Name:
        row = self.registers.items.get(code)
        return row.name if row else Name("–", "–")


def open_claim(desk: Desk, claim_id: int) -> Opened:
    """Read a claim with all that is shown of it; in the background only."""
    registers = desk.registers.current()
    record = desk.db.read(claim_opened, claim_id)
    return Opened(record, registers, desk.db.read(earlier_named, record, registers, desk.blind_for))
