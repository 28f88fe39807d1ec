"""Bundles: received with totals counted by hand, closed only when what is keyed agrees with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role, SubmissionState
from claims_desk.domain.dates import month_start, utc_now
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import Message, say
from claims_desk.domain.totals import Totals
from claims_desk.models import Claim, Facility, Submission
from claims_desk.models.database import Database
from claims_desk.queries.submissions import counted, keyed_totals, next_number
from claims_desk.services.audit import snapshot
from claims_desk.services.claim_rows import LARGEST_NUMBER
from claims_desk.services.deed import Deed, deed
from claims_desk.services.reasons import need_reason

_ACCEPTED = (ClaimState.ACCEPTED, ClaimState.BATCHED, ClaimState.APPROVED, ClaimState.VOUCHERED, ClaimState.PAID)
LONGEST_NUMBER = 40
MOST_FORMS = 100_000
_FORM = ("facility_code", "month", "received_on", "forms_counted", "kip_counted", "form_numbers_sum")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleForm:
    """What is written down when a bundle comes in; `number` empty lets the office give the next one.

    `forms`, `kip` and `form_numbers` (their sum) are counted by hand before anything is keyed.
    """

    facility_code: str
    month: date
    received_on: date
    forms: int
    kip: int
    form_numbers: int
    number: str = ""


def receive_submission(db: Database, actor: Actor, form: BundleForm) -> int:
    """Register a bundle; returns its id. Raises UserError for an unknown facility, a number in use or a wrong count."""
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        _check(work, form)
        bundle = Submission(number=_number(work, form), received_by=actor.user_id, **_values(form))
        work.session.add(bundle)
        work.session.flush()
        work.record("submission.receive", bundle, after={"number": bundle.number} | snapshot(bundle, *_FORM))
        return bundle.id


def change_submission(
    db: Database, actor: Actor, submission_id: int, version: int | None, form: BundleForm, reason: str
) -> None:
    """Mend what was written down of an open bundle; its number stays.

    Raises UserError once it is closed, and for another facility or month once claims were accepted for those it has.
    """
    need_reason(reason)
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        bundle = work.get(Submission, submission_id, version)
        _need_open(bundle)
        _check(work, form)
        if (form.facility_code, month_start(form.month)) != (bundle.facility_code, bundle.month):
            _need_none_accepted(work, bundle)
        before = snapshot(bundle, *_FORM)
        for name, value in _values(form).items():
            setattr(bundle, name, value)
        work.record("submission.change", bundle, before=before, after=snapshot(bundle, *_FORM), why=reason)


def close_submission(db: Database, actor: Actor, submission_id: int, version: int | None = None) -> None:
    """Close a bundle whose forms, kip and form numbers are keyed as counted. Raises UserError naming the difference."""
    with deed(db, actor, Role.CLERK, Role.SUPERVISOR) as work:
        bundle = work.get(Submission, submission_id, version)
        _need_open(bundle)
        by_hand = counted(bundle)
        keyed = keyed_totals(work.session, [bundle.id]).get(bundle.id, Totals())
        if keyed != by_hand:
            raise UserError(_difference(bundle.number, by_hand, keyed), _advice(keyed - by_hand))
        bundle.state = SubmissionState.CLOSED
        bundle.closed_at = utc_now()
        bundle.closed_by = actor.user_id
        work.record("submission.close", bundle, after={"forms": keyed.forms, "kip": keyed.kip})


def reopen_submission(db: Database, actor: Actor, submission_id: int, version: int | None, reason: str) -> None:
    """Open a closed bundle again, for a form that was missed or keyed wrong. Raises UserError without a reason."""
    need_reason(reason)
    with deed(db, actor, Role.SUPERVISOR) as work:
        bundle = work.get(Submission, submission_id, version)
        if bundle.state != SubmissionState.CLOSED:
            raise UserError(say("Bundle {number} is open already.", number=bundle.number))
        bundle.state = SubmissionState.OPEN
        bundle.closed_at = bundle.closed_by = None
        work.record("submission.reopen", bundle, after={"state": bundle.state}, why=reason)


def _values(form: BundleForm) -> dict[str, object]:
    return {
        "facility_code": form.facility_code,
        "month": month_start(form.month),
        "received_on": form.received_on,
        "forms_counted": form.forms,
        "kip_counted": form.kip,
        "form_numbers_sum": form.form_numbers,
    }


def _number(work: Deed, form: BundleForm) -> str:
    work.in_turn("submissions")
    number = form.number.strip() or next_number(work.session, form.facility_code, month_start(form.month))
    if work.session.execute(select(Submission.id).where(Submission.number == number)).first():
        raise UserError(say("There is a bundle {number} already.", number=number), say("Give it another number."))
    return number


def _check(work: Deed, form: BundleForm) -> None:
    if len(form.number) > LONGEST_NUMBER:
        raise UserError(
            say("The field {field} holds at most {longest} characters.", field="number", longest=LONGEST_NUMBER),
            say("Shorten what is written there."),
        )
    known = select(Facility.id).where(Facility.code == form.facility_code)
    if work.session.execute(known).first() is None:
        raise UserError(
            say("There is no facility {code}.", code=form.facility_code), say("Choose one from the list of facilities.")
        )
    if form.forms < 1 or form.kip < 0 or form.form_numbers < 0:
        raise UserError(
            say("A bundle has at least one form, and its totals are not below 0."), say("Count it again by hand.")
        )
    if form.forms > MOST_FORMS or max(form.kip, form.form_numbers) > LARGEST_NUMBER:
        raise UserError(say("A total counted is larger than any bundle's can be."), say("Count it again by hand."))
    if month_start(form.month) > form.received_on:
        raise UserError(
            say("The bundle was received before its month began."), say("Check the month and the day of receipt.")
        )


def _need_open(bundle: Submission) -> None:
    if bundle.state != SubmissionState.OPEN:
        raise UserError(
            say("Bundle {number} is closed already.", number=bundle.number),
            say("A supervisor can open it again, with a reason."),
        )


def _need_none_accepted(work: Deed, bundle: Submission) -> None:
    """A batch pays the bundle's facility: what was accepted for one facility must not be paid to another."""
    accepted = select(Claim.id).where(Claim.submission_id == bundle.id, Claim.state.in_(_ACCEPTED))
    if work.session.execute(accepted).first() is not None:
        raise UserError(
            say("Claims of bundle {number} are accepted for its facility and month already.", number=bundle.number),
            say("Ask a supervisor to return them first; they are judged again after the change."),
        )


def _difference(number: str, by_hand: Totals, keyed: Totals) -> Message:
    return say(
        "Bundle {number} does not agree: counted {forms} forms, {kip:kip} kip, form numbers {numbers};"
        " keyed {keyed_forms} forms, {keyed_kip:kip} kip, form numbers {keyed_numbers}.",
        number=number,
        forms=by_hand.forms,
        kip=by_hand.kip,
        numbers=by_hand.form_numbers,
        keyed_forms=keyed.forms,
        keyed_kip=keyed.kip,
        keyed_numbers=keyed.form_numbers,
    )


def _advice(difference: Totals) -> Message:
    if difference.forms < 0:
        return say("Key the forms that are missing ({count}), or count the bundle again.", count=-difference.forms)
    if difference.forms > 0:
        return say("Void the forms keyed twice ({count}), or count the bundle again.", count=difference.forms)
    if difference.kip:
        return say("Look for a total keyed wrong: the difference is {kip:kip} kip.", kip=difference.kip)
    return say("Look for a form number keyed wrong: the difference is {count}.", count=difference.form_numbers)
