"""What a claim is worth: the numbered steps of the rule book, each leaving a sentence in the explanation."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from claims_desk.domain.codes import Method
from claims_desk.domain.facts import Copayment, Item
from claims_desk.domain.judgement import Case, PricedLine
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import EXEMPTIONS
from claims_desk.rules.cuts import Cut, Quantity, claim_cut, cut_quantities, year_cut

_CAPITATION, _CASE, _FEE = Method.CAPITATION, Method.CASE, Method.FEE  # looked up once: there are many lines
METHOD_NAMES: Final[Mapping[str, Message]] = {
    Method.CAPITATION: say("capitation"),
    Method.CASE: say("case rate"),
    Method.FEE: say("fee for service"),
}
_PAID_OTHERWISE: Final[Mapping[str, Message]] = {
    Method.CAPITATION: say("paid by the capitation"),
    Method.CASE: say("paid by the case rate"),
    Method.FEE: say("no price known"),
    "": say("no price known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A claim with its price, for the rules on money; amounts in kip, `copay_due` after an exemption.

    `pended` are the numbers of lines about which something is asked; a cut is None where it cuts nothing.
    """

    case: Case
    method: str
    quantities: tuple[Quantity, ...]
    lines: tuple[PricedLine, ...]
    pended: Set[int]
    claim_cut: Cut | None
    year_cut: Cut | None
    allowed: int
    copay_due: int
    payable: int
    explanation: tuple[Message, ...]


def price(case: Case, denied: Set[int] = frozenset(), pended: Set[int] = frozenset()) -> Priced:
    """The price of a claim whose lines with the numbers `denied` are not paid."""
    steps: list[Message] = []
    _step_method(case, steps)
    quantities = cut_quantities(case, denied)
    lines = tuple([_price_line(case, quantity, denied, steps) for quantity in quantities])
    allowed = sum(line.allowed for line in lines) + _step_case_rate(case, steps)
    over_claim = claim_cut(case, allowed)
    allowed = _step_claim_ceiling(over_claim, allowed, steps)
    over_year = year_cut(case, allowed)
    allowed = _step_year_ceiling(over_year, allowed, steps)
    due = _step_copayment(case, allowed, steps)
    return Priced(
        case=case,
        method=case.method,
        quantities=tuple(quantities),
        lines=lines,
        pended=pended,
        claim_cut=over_claim,
        year_cut=over_year,
        allowed=allowed,
        copay_due=due,
        payable=_step_payable(case, allowed, due, steps),
        explanation=tuple(steps),
    )


# --- 1 the method -------------------------------------------------------------------------------


def _step_method(case: Case, steps: list[Message]) -> None:
    row = case.method_row
    if row is None:
        steps.append(say("No payment method is known, so nothing has a price yet."))
        return
    values = {"method": METHOD_NAMES[row.method], "scheme": row.scheme, "care": row.care_type, "level": row.level}
    steps.append(say("{scheme}, {care} at {level}: paid by {method}.", **values))


# --- 2, 3 the lines and the case rate -----------------------------------------------------------


def paid_by_fee(case: Case, item: Item | None) -> bool:
    """Whether a line of this item is paid by itself: every one under fee, an extra item under the other methods."""
    method = case.method
    return method == _FEE or (method != "" and item is not None and item.extra)


def _price_line(case: Case, quantity: Quantity, denied: Set[int], steps: list[Message]) -> PricedLine:
    billed = quantity.billed
    if billed.line_no in denied:
        steps.append(say("Line {line} {item}: not paid.", line=billed.line_no, item=billed.line.item_code))
        return PricedLine(line_no=billed.line_no, quantity=0, price=billed.price, allowed=0)
    rate = _rate(case, quantity)
    allowed = quantity.after_year * (rate or 0)
    steps.append(_line_step(case, quantity, rate, allowed))
    return PricedLine(line_no=billed.line_no, quantity=quantity.after_year, price=billed.price, allowed=allowed)


def _line_step(case: Case, quantity: Quantity, rate: int | None, allowed: int) -> Message:
    line, item = quantity.billed.line_no, quantity.billed.line.item_code
    if rate is None:
        return say("Line {line} {item}: {why}.", line=line, item=item, why=_PAID_OTHERWISE[case.method])
    return say(
        "Line {line} {item}: {quantity} x {rate:kip} = {allowed:kip}",
        line=line,
        item=item,
        quantity=quantity.after_year,
        rate=rate,
        allowed=allowed,
    )


def _rate(case: Case, quantity: Quantity) -> int | None:
    """The kip allowed for one: the lower of unit price and tariff; None where the line has no price of its own."""
    billed = quantity.billed
    asked = billed.line.unit_price
    if billed.price is None or asked is None or asked < 0 or not paid_by_fee(case, billed.item):
        return None
    return min(asked, billed.price)


def _step_case_rate(case: Case, steps: list[Message]) -> int:
    if case.method != _CASE:
        return 0
    row = case.case_rate if case.case_group else None
    if row is None:
        steps.append(say("No case rate is known."))
        return 0
    values = {"group": row.case_group, "level": row.level, "since": row.valid_from, "amount": row.amount}
    steps.append(say("Case rate {group} at {level} from {since}: {amount:kip}", **values))
    return row.amount


# --- 4 the ceilings -----------------------------------------------------------------------------


def _step_claim_ceiling(cut: Cut | None, allowed: int, steps: list[Message]) -> int:
    if cut is None:
        return allowed
    values = {"ceiling": cut.ceiling, "before": cut.before}
    steps.append(say("Ceiling per claim {ceiling:kip}: cut from {before:kip}", **values))
    return cut.after


def _step_year_ceiling(cut: Cut | None, allowed: int, steps: list[Message]) -> int:
    if cut is None:
        return allowed
    values = {"ceiling": cut.ceiling, "used": cut.used, "before": cut.before, "after": cut.after}
    steps.append(
        say(
            "Ceiling per member and year {ceiling:kip}, used {used:kip}: cut from {before:kip} to {after:kip}", **values
        )
    )
    return cut.after


# --- 5 the co-payment ---------------------------------------------------------------------------


def _step_copayment(case: Case, allowed: int, steps: list[Message]) -> int:
    row = _copayment_row(case)
    capitated = case.method == _CAPITATION
    due = amount_due(row, 0 if capitated else allowed) if row else 0
    if row is None or due == 0:
        steps.append(say("Co-payment: none"))
    elif case.exempt_as:
        steps.append(say("Co-payment {due:kip}, exempt: {category}", due=due, category=EXEMPTIONS[case.exempt_as]))
        return 0
    elif row.percent and not capitated:
        values = {"amount": row.amount, "percent": f"{row.percent.normalize():f}", "allowed": allowed, "due": due}
        steps.append(say("Co-payment {amount:kip} + {percent} % of {allowed:kip} = {due:kip}", **values))
    else:
        steps.append(say("Co-payment {due:kip}", due=due))
    return due


def _copayment_row(case: Case) -> Copayment | None:
    if case.day is None or case.facility is None:
        return None
    return case.registers.copayments.on(case.day, case.claim.scheme, case.facility.level, case.claim.care_type)


def amount_due(row: Copayment, allowed: int) -> int:
    """The row's amount plus its percent of `allowed`, rounded down to whole kip."""
    part, whole = row.percent.as_integer_ratio()
    return row.amount + allowed * part // (whole * 100)


# --- 6 what is paid -----------------------------------------------------------------------------


def _step_payable(case: Case, allowed: int, due: int, steps: list[Message]) -> int:
    if case.method == _CAPITATION:
        steps.append(say("Payable {payable:kip}: under capitation nothing is deducted.", payable=allowed))
        return allowed
    payable = max(0, allowed - due)
    values = {"allowed": allowed, "due": due, "payable": payable}
    if due > allowed:
        steps.append(say("Payable: 0, because the co-payment of {due:kip} is above {allowed:kip}", **values))
    else:
        steps.append(say("Payable: {allowed:kip} - {due:kip} = {payable:kip}", **values))
    return payable
