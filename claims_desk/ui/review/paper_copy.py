"""A kept claim as a paper: what was keyed and what was decided of it."""

from __future__ import annotations

from claims_desk.documents.claim_copy import ClaimCopy, CopiedFinding, CopiedLine, described
from claims_desk.domain.messages import current_language, say
from claims_desk.domain.terms import DECISIONS
from claims_desk.ui.desk import Desk
from claims_desk.ui.paper_form import ROWS
from claims_desk.ui.review.columns import LINES
from claims_desk.ui.review.form_card import value_words
from claims_desk.ui.review.opened import Opened

SHOWN = LINES[:-2]  # what is allowed comes last, as a number; the codes stand with the findings


def copy_of(desk: Desk, opened: Opened) -> ClaimCopy:
    """The claim with its newest decision, in the language of the window."""
    record, language = opened.record, current_language()
    claim, decision = record.claim, record.decision
    found = decision.findings if decision else ()
    names = ((name, label) for row in ROWS for name, label in row.items() if name != "form_no")
    return ClaimCopy(
        form_no=claim.form_no,
        facility=f"{claim.facility_code} {opened.facility(claim.facility_code).text()}",
        bundle=record.bundle,
        fields=tuple((label, _text(name, opened)) for name, label in names),
        titles=(*(column.title for column in SHOWN), LINES[-2].title),
        lines=tuple(
            CopiedLine(line.line_no, tuple(column.text(line, language) for column in SHOWN), line.allowed)
            for line in opened.lines()
        ),
        findings=tuple(CopiedFinding(each.code, each.line_no or 0, each.message, each.fix) for each in found),
        steps=described(decision.explanation, language) if decision else (),
        outcome=DECISIONS[decision.decision].text() if decision else "",
        payable=say("{kip:kip} kip", kip=decision.payable).text() if decision else "",
        printed_by=desk.actor.name,
        printed_on=desk.today(),
    )


def _text(name: str, opened: Opened) -> str:
    words = value_words(name, opened)
    text = words if isinstance(words, str) else words.text()
    return "" if text == "–" else text
