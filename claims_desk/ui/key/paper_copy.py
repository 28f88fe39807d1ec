"""The form on the screen as a paper: what is typed, right or wrong, and what was found of it."""

from __future__ import annotations

from claims_desk.documents.claim_copy import ClaimCopy, CopiedFinding, CopiedLine, described
from claims_desk.domain.judgement import Judgement
from claims_desk.domain.messages import current_language, say
from claims_desk.domain.terms import DECISIONS
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.claim_sheet import ClaimSheet
from claims_desk.ui.key.line_model import COLUMNS, TITLES, LineModel
from claims_desk.ui.widgets import CodeEdit, Edit

SHOWN = range(len(COLUMNS) - 1)  # what is allowed comes last, as a number


def copy_on_screen(desk: Desk, sheet: ClaimSheet, judgement: Judgement | None) -> ClaimCopy:
    """The form with the findings of its last judgement, in the language of the window."""
    form, bundle = sheet.form, sheet.bundle
    fields = tuple((field.label, _shown(form.edit(name))) for name, field in form.fields.items() if name != "form_no")
    found = judgement.findings if judgement else ()
    return ClaimCopy(
        form_no=form.edit("form_no").text(),
        facility=f"{bundle.facility_code} {bundle.facility.text()}" if bundle else sheet.base.facility_code,
        bundle=bundle.number if bundle else "",
        fields=fields,
        titles=tuple(TITLES[name] for name in COLUMNS),
        lines=_lines(sheet.grid.lines, judgement),
        findings=tuple(CopiedFinding(each.code, each.line_no or 0, each.message, each.fix) for each in found),
        steps=described(judgement.explanation, current_language()) if judgement else (),
        outcome=DECISIONS[judgement.decision].text() if judgement else "",
        payable=say("{kip:kip} kip", kip=judgement.payable).text() if judgement else "",
        printed_by=desk.actor.name,
        printed_on=desk.today(),
    )


def _shown(edit: Edit[object]) -> str:
    choice = edit.choice() if isinstance(edit, CodeEdit) else None
    return choice.line if choice else edit.text()


def _lines(model: LineModel, judgement: Judgement | None) -> tuple[CopiedLine, ...]:
    allowed = {line.line_no: line.allowed for line in judgement.lines} if judgement else {}
    return tuple(
        CopiedLine(number, tuple(str(model.index(row, at).data() or "") for at in SHOWN), allowed.get(number))
        for row, number in enumerate(model.typed.numbers()[:-1])
    )
