"""claims-desk verify."""

from __future__ import annotations

from claims_desk.commands.console import tell
from claims_desk.commands.who import signed_in
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say, tr
from claims_desk.services.verify import verify as verify_database


def verify() -> None:
    """Say what was checked and what fails."""
    with signed_in() as (db, _):
        findings = verify_database(db)
    for finding in findings:
        tell(f"{tr('FAILS') if finding.faults else tr('holds')}  {finding.checked}")
        for fault in finding.faults:
            tell(f"       - {fault}")
    failing = sum(bool(finding.faults) for finding in findings)
    if failing:
        raise UserError(
            say("{failing} of {all} checks fail.", failing=failing, all=len(findings)),
            say("Pay nothing from this database; tell the auditor and the administrator, and keep the file as it is."),
        )
    tell(say("All {all} checks hold.", all=len(findings)))
