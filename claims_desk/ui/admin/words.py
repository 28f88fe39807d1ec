"""What the audit trail's deeds, records and fields are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from claims_desk.domain.columns import Cell, Format, show
from claims_desk.domain.dates import NotADay, format_day, parse_day
from claims_desk.domain.messages import Message, say
from claims_desk.ui.registers.columns import COLUMN_TITLES
from claims_desk.ui.registers.words import TITLES

DEEDS: Final[Mapping[str, Message]] = {
    "office.set_up": say("Office set up"),
    "user.add": say("User added"),
    "user.roles": say("Roles changed"),
    "user.disable": say("User disabled"),
    "user.enable": say("User enabled"),
    "user.password": say("New password"),
    "user.sign_in": say("Signed in after wrong tries"),
    "user.wrong_password": say("Wrong password"),
    "backup.restore": say("Backup restored"),
    "submission.receive": say("Bundle received"),
    "submission.change": say("Bundle changed"),
    "submission.close": say("Bundle closed"),
    "submission.reopen": say("Bundle opened again"),
    "claim.key": say("Claim keyed"),
    "claim.correct": say("Claim corrected"),
    "claim.void": say("Claim voided"),
    "claim.adjudicate": say("Claims adjudicated"),
    "claim.wait_again": say("Waits to be judged again"),
    "member.propose": say("Member proposed"),
    "member.accept": say("Proposed member taken into the register"),
    "member.decline": say("Proposed member declined"),
    "claim.accept": say("Claim accepted over the rules"),
    "claim.deny": say("Claim denied"),
    "claim.return": say("Claim given back"),
    "claim.verify": say("Claim keyed a second time"),
    "claim.draw": say("Drawn for a second keying"),
    "claim.release": say("Let go without a second keying"),
    "user.keystrokes": say("Keystrokes put down"),
    "claim.resolve": say("Difference settled"),
    "batch.make": say("Batch made"),
    "batch.approve": say("Batch approved"),
    "batch.return": say("Batch given back"),
    "voucher.prepare": say("Voucher prepared"),
    "voucher.prepare_capitation": say("Capitation voucher prepared"),
    "voucher.certify": say("Voucher certified"),
    "voucher.post": say("Voucher posted"),
    "voucher.cancel": say("Voucher cancelled"),
    "voucher.reverse": say("Voucher reversed"),
    "payment_file.make": say("Payment file sealed"),
    "payment_file.withdraw": say("Payment file withdrawn"),
    "register.change": say("Changed from a day"),
    "register.add": say("New row"),
    "register.edit": say("Row edited"),
    "register.end": say("Ended"),
    "scheme.switch": say("Whole scheme moved"),
    "return.save": say("Monthly return saved"),
    "return.answer": say("Number of a return confirmed"),
    "return.close": say("Monthly return closed"),
    "return.reopen": say("Monthly return opened again"),
    "scan.add": say("Scan brought in"),
    "claim.attach": say("Paper attached later"),
    "scan.mend": say("Scan mended"),
    "scan.drop": say("Scan let go"),
    "scan_zone.set": say("Zone of the paper set"),
    "scan_zone.remove": say("Zone of the paper taken away"),
}
IMPORT: Final = "import."

RECORDS: Final[Mapping[str, Message]] = {
    **TITLES,
    "office": say("Office"),
    "users": say("Users"),
    "submissions": say("Bundles"),
    "claims": say("Claims"),
    "claim_lines": say("Lines of claims"),
    "verifications": say("Second keyings"),
    "member_proposals": say("Proposed members"),
    "verification_draws": say("Draws for a second keying"),
    "work_days": say("Days of work"),
    "scans": say("Scans"),
    "scan_zones": say("Zones"),
    "monthly_returns": say("Monthly returns"),
    "batches": say("Batches"),
    "vouchers": say("Vouchers"),
    "payment_files": say("Payment files"),
}

FIELDS: Final[Mapping[str, Message]] = {
    **COLUMN_TITLES,
    "name": say("Name"),
    "roles": say("Roles"),
    "office": say("Office"),
    "demo": say("Invented data"),
    "file": say("File"),
    "sha256": say("Seal (SHA-256)"),
    "added": say("New"),
    "changed": say("Changed"),
    "unchanged": say("The same"),
    "rejected": say("Bad rows"),
    "number": say("Number"),
    "kip": say("Kip"),
    "on": say("Day"),
    "state": say("Status"),
    "forms": say("Forms"),
    "claims": say("Claims"),
    "claim": say("Claim"),
    "payable": say("Payable"),
    "decision": say("Decision"),
    "decided": say("Decided"),
    "differences": say("Differences"),
    "chosen": say("Chosen"),
    "reason": say("Reason"),
    "share": say("Share of 1,000"),
    "fields": say("Fields compared"),
    "day": say("Day"),
    "keystrokes": say("Keystrokes"),
    "active_seconds": say("Seconds of keying"),
    "second keying": say("Second keying"),
    "reverses": say("Reverses"),
    "facility": say("Facility"),
    "facility_code": say("Facility"),
    "scheme": say("Scheme"),
    "month": say("Month"),
    "received_on": say("Received on"),
    "forms_counted": say("Forms counted"),
    "kip_counted": say("Kip counted"),
    "form_numbers_sum": say("Sum of form numbers"),
    "failed_attempts": say("Wrong tries"),
    "form_no": say("Form number"),
    "member_no": say("Member number"),
    "patient_name": say("Name on the form"),
    "phone": say("Telephone"),
    "sex": say("Sex"),
    "birth_date": say("Born"),
    "care_type": say("Care"),
    "visit_from": say("From"),
    "visit_to": say("To"),
    "case_group": say("Case group"),
    "diagnosis_main": say("Main diagnosis"),
    "diagnosis_2": say("Diagnosis 2"),
    "diagnosis_3": say("Diagnosis 3"),
    "diagnosis_4": say("Diagnosis 4"),
    "referred_from": say("Referred from"),
    "referral_date": say("Day of the referral"),
    "referral_no": say("Referral number"),
    "emergency": say("Emergency"),
    "documents_seen": say("Papers seen"),
    "signed": say("Signed"),
    "exemption_claimed": say("Exemption claimed"),
    "copay_collected": say("Co-payment taken"),
    "claimed_total": say("Claimed total"),
    "received_date": say("Received on"),
    "outcome": say("Outcome"),
    "lines": say("Lines"),
    "accepted": say("Accepted"),
    "pended": say("Pended"),
    "denied": say("Denied"),
    "judged": say("Judged"),
    "last_day": say("Last day it holds"),
    "split": say("Ended and gone on"),
    "moved": say("Moved whole"),
    "ended": say("Only ended"),
    "dropped": say("Taken away"),
    "cut": say("Cut by an own coverage"),
    "persons": say("Persons"),
    "clashes": say("Numbers shared"),
    "contracts": say("Contracts"),
    "quarter": say("Quarter"),
    "catchment": say("Catchment"),
    "rate": say("Rate"),
    "returns_missing": say("Returns not closed"),
    "question": say("Question"),
    "answers": say("Answers"),
    "scans": say("Scans"),
    "pages": say("Pages"),
    "page_no": say("Page"),
    "form_type": say("Form type"),
    "field": say("Field"),
    "left": say("From the left"),
    "top": say("From the top"),
    "width": say("Width"),
    "height": say("Height"),
}
KIP_FIELDS: Final = frozenset(
    {"kip", "payable", "kip_counted", "copay_collected", "claimed_total", "catchment", "rate"}
)


def deed_name(action: str) -> Message:
    """What was done, in words; an unknown deed by its own name."""
    if action.startswith(IMPORT):
        return say("Brought in: {table}", table=record_name(action.removeprefix(IMPORT)))
    return DEEDS.get(action, Message(action))


def record_name(table: str) -> Message:
    """What kind of record it is; an unknown one by its own name."""
    return RECORDS.get(table, Message(table))


def field_name(field: str) -> Message:
    """A field in words; an unknown one by its own name."""
    return FIELDS.get(field, Message(field))


def written(field: str, value: Any) -> Cell:
    """A field's value as one reads it: kip in groups, days as d/M/yyyy, lists with commas."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    if isinstance(value, list):
        return ", ".join(str(show(written(field, each))) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{field_name(key)} {show(written(key, each))}" for key, each in value.items())
    if isinstance(value, int):
        return show(value, Format.KIP if field in KIP_FIELDS else Format.TEXT)
    return _day(value)


def _day(text: str) -> str:
    try:
        return format_day(parse_day(text)) if len(text) == 10 else text
    except NotADay:
        return text
