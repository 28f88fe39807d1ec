"""The draw: whether a claim is keyed a second time, decided once, while it is keyed, and told to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.dates import office_today, utc_now
from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.messages import say
from claims_desk.domain.sampling import Record, Terms, draw, paper_of
from claims_desk.models import Claim, VerificationDraw
from claims_desk.models.bulk import insert_values
from claims_desk.models.database import Database
from claims_desk.queries.draws import clerk_record, draw_secret, sampling_terms
from claims_desk.queries.verifications import awaits_second, under_second_keying
from claims_desk.services.deed import Deed, deed
from claims_desk.services.reasons import need_reason

_DRAWS: Final = VerificationDraw.metadata.tables["verification_draws"]


@dataclass(frozen=True, slots=True)
class Form:
    """What of a claim just written the draw looks at; `claimed` in kip."""

    claim_id: int
    submission_id: int | None
    facility_code: str
    form_no: str
    scheme: str
    claimed: int | None


class Drawing:
    """The draw for claims the actor has just keyed, within the deed that keeps them; counts drawn and chosen."""

    def __init__(self, work: Deed) -> None:
        self.drawn = self.chosen = 0
        self._work = work
        self._terms = _TermsByScheme(work)
        self._secret = draw_secret(work.session)
        self._record: Record | None = None

    def draw(self, forms: Iterable[Form]) -> None:
        """Draw for each form, in the order they were keyed."""
        session, user_id = self._work.session, self._work.actor.user_id
        rows = []
        for form in forms:
            terms = self._terms.of(form.scheme)
            record = self._record or clerk_record(session, user_id, terms, office_today())
            paper = paper_of(form.submission_id, form.facility_code, form.form_no)
            drawn = draw(self._secret, paper, form.claimed, record, terms)
            rows.append(
                {"claim_id": form.claim_id, "keyed_by": user_id, "chosen": drawn.chosen, "reason": drawn.reason}
                | {"share": drawn.share, "released_why": ""}
            )
            self._record = replace(record, claims=record.claims + 1)
            self.drawn += 1
            self.chosen += drawn.chosen
        insert_values(session, _DRAWS, rows)


def draw_keyed(work: Deed, row: Claim) -> None:
    """Draw for one claim keyed in the window, and note it in the audit trail beside the claim's own entry."""
    Drawing(work).draw([Form(row.id, row.submission_id, row.facility_code, row.form_no, row.scheme, row.claimed_total)])
    drawn = work.session.get_one(VerificationDraw, row.id)
    after = {"chosen": drawn.chosen, "reason": drawn.reason, "share": drawn.share}
    work.record("claim.draw", VerificationDraw.__tablename__, record_id=row.id, after=after)


def imports_are_drawn(work: Deed) -> bool:
    """Whether the office draws among imported claims too: they were keyed elsewhere, so by default it does not."""
    return bool(sampling_terms(work.session, office_today()).imports)


def release_claim(db: Database, actor: Actor, claim_id: int, reason: str) -> None:
    """Let a chosen claim go on without its second keying, such as where no second clerk is left.

    Raises Refused for whoever keyed it, UserError without a reason or where it does not wait for one.
    """
    need_reason(reason)
    with deed(db, actor, Role.SUPERVISOR) as work:
        row = work.get(Claim, claim_id)
        if actor.user_id == row.keyed_by:
            raise Refused(
                say("{name} keyed claim {form} and may not let it go unverified.", name=actor.name, form=row.form_no),
                say("Another supervisor decides."),
            )
        if work.session.execute(select(Claim.id).where(Claim.id == claim_id, awaits_second())).first() is None:
            raise UserError(
                say("Claim {form} does not wait for a second keying.", form=row.form_no),
                say("Refresh the list and choose another."),
            )
        drawn = work.get(VerificationDraw, claim_id)
        drawn.released_by, drawn.released_at, drawn.released_why = actor.user_id, utc_now(), reason
        work.record("claim.release", row, after={"second keying": "released"}, why=reason)


def refuse_frozen(work: Deed, row: Claim) -> None:
    """Raises UserError while a claim is under second keying, the same whether that is to come, differs or agrees.

    Two clerks who could mend the claim meanwhile would make their keyings agree; and who was refused only where they
    differ would know that they do.
    """
    if work.session.execute(select(Claim.id).where(Claim.id == row.id, under_second_keying())).first():
        raise UserError(
            say("Form {form} was drawn to be keyed a second time.", form=row.form_no),
            say("It can be corrected once it is adjudicated. If it is quite wrong, void it and key it again."),
        )


class _TermsByScheme:
    """The office's numbers of today, asked once a scheme."""

    def __init__(self, work: Deed) -> None:
        self._session = work.session
        self._known: dict[str, Terms] = {}

    def of(self, scheme: str) -> Terms:
        """The numbers that hold for a scheme; empty for all."""
        if scheme not in self._known:
            self._known[scheme] = sampling_terms(self._session, office_today(), scheme)
        return self._known[scheme]
