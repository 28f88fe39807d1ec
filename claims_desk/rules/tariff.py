"""T: the lines - known items in benefit, at the tariff, in sensible quantities - and the case rate."""

from __future__ import annotations

from datetime import date

from claims_desk.domain.codes import Level, Method, Severity
from claims_desk.domain.dates import completed_years
from claims_desk.domain.facts import CaseGroup, Item, ItemPair, Price
from claims_desk.domain.judgement import BilledLine, Case, Finding, whole
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.terms import care_name, level_name
from claims_desk.rules.diagnosis import fits_age
from claims_desk.rules.naming import (
    EMPTY,
    ages,
    cares_named,
    item_named,
    levels_named,
    line_named,
    named,
    numbers_listed,
    sex_named,
    span,
)
from claims_desk.rules.pricing import Priced, paid_by_fee
from claims_desk.rules.rule import Findings, rule


@rule(
    "T01",
    title=say("Item unknown"),
    severity=Severity.PEND,
    on="line",
    fix=say("Check the item code against the tariff and correct it."),
)
def item_unknown(billed: BilledLine) -> Findings:
    """No item in the register has the code of this line, or the code is empty.

    Passes: LAB1, which the register has.
    Fails: LAB0, which it has not.
    """
    if billed.item is None:
        code = billed.line.item_code
        message = say("No item has the code {code}.", code=code) if code else say("The item code is empty.")
        yield Finding(message=message, field="item_code")


@rule(
    "T02",
    title=say("Item not in use on the day"),
    severity=Severity.DENY,
    on="line",
    fix=say("The line is not paid. Use the item that is in the tariff on the day of the service."),
)
def item_not_active(billed: BilledLine) -> Findings:
    """The item is not in use on the day of the service. Both ends are included.

    Passes: in use until 31/1/2026, service of 31/1/2026.
    Fails: in use until 31/1/2026, service of 1/2/2026.
    """
    item, day = billed.item, billed.day
    if item and day and not item.active_on(day):
        values = {"item": item_named(item), "day": day, "span": span(item.active_from, item.active_to)}
        message = say("Item {item} is not in use on {day}; it is in use {span}.", **values)
        yield Finding(message=message, field="item_code")


@rule(
    "T03",
    title=say("Item not among the benefits"),
    severity=Severity.DENY,
    on="line",
    fix=say("The line is not paid: the benefits do not include this item."),
)
def item_excluded(billed: BilledLine) -> Findings:
    """The item is excluded from the benefits of health insurance.

    Passes: an operation that is a benefit.
    Fails: cosmetic surgery, which is excluded.
    """
    if billed.item and billed.item.excluded:
        message = say("Item {item} is not a benefit.", item=item_named(billed.item))
        yield Finding(message=message, field="item_code")


@rule(
    "T04",
    title=say("Item has no price"),
    severity=Severity.DENY,
    on="line",
    fix=say("The line is not paid: this level may not charge the item under this scheme."),
)
def item_without_price(billed: BilledLine) -> Findings:
    """The line is paid by itself - under fee, or as an extra item - but the tariff has no price for scheme and level on
    the day of the service.

    Passes: an item with a price for SASS at a district hospital.
    Fails: an item with a price for SASS at a provincial hospital only.
    """
    item, day, facility = billed.item, billed.day, billed.case.facility
    if item and day and facility and billed.price is None and paid_by_fee(billed.case, item):
        yield Finding(message=_without_price(billed, item, facility.level, day), field="item_code")


def _without_price(billed: BilledLine, item: Item, level: str, day: date) -> Message:
    scheme, prices = billed.case.claim.scheme, billed.case.registers.prices
    priced = levels_named(other for other in Level if prices.on(day, item.code, scheme, other))
    values = {"item": item_named(item), "scheme": scheme, "level": level_name(level), "day": day, "priced": priced}
    return say(
        "Item {item} has no price for {scheme} at this level ({level}) on {day}; it has one at: {priced}.", **values
    )


@rule(
    "T05",
    title=say("Unit price above the tariff"),
    severity=Severity.ADJUST,
    on="line",
    fix=say("Charge the tariff. The patient does not pay the difference."),
)
def price_above_tariff(billed: BilledLine) -> Findings:
    """The unit price is above the tariff of scheme and level on the day of the service; the tariff is allowed. Told
    also of lines that a case rate or the capitation pays for.

    Passes: unit price 20,000, tariff 20,000.
    Fails: unit price 25,000, tariff 20,000.
    """
    asked, price = billed.line.unit_price, billed.price
    row = billed.case.price_row(billed.line) if price is not None and asked is not None and asked > price else None
    if row:
        yield Finding(message=_above_tariff(billed, row), field="unit_price")


def _above_tariff(billed: BilledLine, row: Price) -> Message:
    values = {"scheme": row.scheme, "level": row.level, "since": row.valid_from}
    return say(
        "{item}: {asked:kip} is above the tariff of {price:kip} kip for {scheme} at {level} from {since}.",
        item=line_named(billed),
        asked=billed.line.unit_price,
        price=row.price,
        **values,
    )


@rule(
    "T06",
    title=say("Quantity or unit price impossible"),
    severity=Severity.PEND,
    on="line",
    fix=say("Correct quantity and unit price from the paper, or ask the health facility."),
)
def quantity_or_price_impossible(billed: BilledLine) -> Findings:
    """A quantity is a whole number above 0, a unit price is not below 0, and both together make an amount of at most
    twelve digits. Either one left empty is asked about too: a line should not be paid nothing because a number was
    forgotten.

    Passes: quantity 2, unit price 0.
    Fails: quantity 0, 1.5 or empty; unit price -1,000 or empty.
    """
    price = billed.line.unit_price
    if billed.quantity is None:
        yield Finding(message=_no_quantity(billed), field="quantity")
    elif price is None or price < 0:
        values = {"item": line_named(billed), "given": EMPTY if price is None else format_kip(price)}
        message = say("{item}: the unit price {given} is no amount of 0 kip or more.", **values)
        yield Finding(message=message, field="unit_price")


def _no_quantity(billed: BilledLine) -> Message:
    quantity = billed.line.quantity
    values = {"item": line_named(billed), "given": EMPTY if quantity is None else str(quantity)[:20]}
    if whole(quantity) is None:
        return say("{item}: the quantity {given} is no whole number above 0.", **values)
    values |= {"price": format_kip(billed.line.unit_price or 0)}
    return say("{item}: {given} times {price} kip is more than any amount can be.", **values)


@rule(
    "T07",
    title=say("Too many on one day"),
    severity=Severity.ADJUST,
    on="line",
    priced=True,
    fix=say("Paid is the most that is allowed for one day."),
)
def too_many_on_one_day(priced: Priced) -> Findings:
    """The quantity of an item on one day is above its `max_per_day`; later lines of the claim are cut first.

    Passes: 2 of an item of which 2 are allowed on a day.
    Fails: 2 on one line and 1 on the next, of the same day.
    """
    for line in priced.quantities:
        item = line.billed.item
        if item and line.after_day < line.asked:
            values = {"item": item_named(item), "limit": item.max_per_day, "day": line.billed.day}
            values |= {"asked": line.asked, "left": line.after_day}
            message = say("{item}: {limit} are allowed on a day; on {day} cut from {asked} to {left}.", **values)
            yield Finding(message=message, line_no=line.billed.line_no, field="quantity")


@rule(
    "T08",
    title=say("Paid together with another item"),
    severity=Severity.DENY,
    on="line",
    fix=say("The line is not paid: the other item includes it."),
)
def included_in_another_item(billed: BilledLine) -> Findings:
    """Some items are never paid together on one day: the second of the pair falls away where the first is on the same
    claim and day, whatever else is said of the first.

    Passes: an operation on 10/3/2026, a dressing on 11/3/2026.
    Fails: an operation and a dressing, both on 10/3/2026.
    """
    if pairs := billed.case.registers.item_pairs.all(billed.line.item_code):
        first = _first_of(billed, pairs)
        if first:
            yield Finding(message=_included(billed, first), field="item_code")


def _first_of(billed: BilledLine, pairs: list[ItemPair]) -> BilledLine | None:
    """The first line of the day that includes this one; an item paired with itself is paid once a day."""
    day, code = billed.day, billed.line.item_code
    items = {pair.first_item for pair in pairs if day and pair.holds(day)}
    lines = [line for item in items if (line := billed.case.first_lines.get((item, day)))]
    others = (line for line in lines if line.line.item_code != code or line.line_no < billed.line_no)
    return min(others, key=lambda line: line.line_no, default=None)


def _included(billed: BilledLine, first: BilledLine) -> Message:
    values = {"item": line_named(billed), "first": line_named(first), "line": first.line_no, "day": billed.day}
    return say("{item} is included in {first} of line {line} on {day}.", **values)


@rule(
    "T09",
    title=say("Item not for this care"),
    severity=Severity.PEND,
    on="line",
    fix=say("Check item and care type against the paper and correct the wrong one."),
)
def item_not_for_this_care(billed: BilledLine) -> Findings:
    """The item is for other kinds of care than the claim's. An item without any is for all.

    Passes: a day on the ward in an inpatient claim.
    Fails: a day on the ward in an outpatient claim.
    """
    item, care = billed.item, billed.case.claim.care_type
    if item and item.care_types and care and care not in item.care_types:
        values = {"item": item_named(item), "wanted": cares_named(item.care_types), "care": care_name(care)}
        message = say("Item {item} is for: {wanted}. The claim is for: {care}.", **values)
        yield Finding(message=message, field="item_code")


@rule(
    "T10",
    title=say("Item of another sex or age"),
    severity=Severity.PEND,
    on="line",
    fix=say("Check the item and the member number against the patient's file."),
)
def item_of_another_sex_or_age(billed: BilledLine) -> Findings:
    """The item is for the other sex, or the age in completed years on the day of the service is outside its range.
    Sex and birth date are the register's, or the form's where the member is not known.

    Passes: a pregnancy test, F, 12 to 55 years, of a woman of 55.
    Fails: the same of a man, or of a woman of 56.
    """
    item, sex = billed.item, billed.case.sex
    if item and item.sex and sex and item.sex != sex:
        values = {"item": item_named(item), "wanted": sex_named(item.sex), "sex": sex_named(sex)}
        yield Finding(message=say("Item {item} is for the sex {wanted}; the patient is {sex}.", **values))
    elif item and (born := billed.case.born) and billed.day:
        age = completed_years(born, billed.day)
        if not fits_age(age, item.age_min, item.age_max):
            yield Finding(message=_another_age(item, born, age, billed.day))


def _another_age(item: Item, born: date, age: int, day: date) -> Message:
    values = {"item": item_named(item), "wanted": ages(item.age_min, item.age_max)}
    values |= {"born": born, "age": age, "day": day}
    return say("Item {item} is for {wanted}; born on {born}, the patient was {age} on {day}.", **values)


@rule(
    "T11",
    title=say("Case group empty or unknown"),
    severity=Severity.PEND,
    fix=say("Write the case group of the patient's case from the list of case groups."),
)
def case_group_unknown(case: Case) -> Findings:
    """A claim paid by case rate needs a case group of the register; without it there is no price.

    Passes: an inpatient case with a known case group.
    Fails: an inpatient case with none, or with one nobody has.
    """
    if case.method == Method.CASE and case.case_group is None:
        claim = case.claim
        values = {"code": claim.case_group, "scheme": claim.scheme, "care": care_name(claim.care_type)}
        message = say("The case group is empty; {scheme} pays here by case group ({care}).", **values)
        if claim.case_group:
            message = say("No case group has the code {code}; {scheme} pays here by case group ({care}).", **values)
        yield Finding(message=message, field="case_group")


@rule(
    "T12",
    title=say("No case rate"),
    severity=Severity.PEND,
    fix=say("Check the case group. If it is right, ask the administrator for the case rate."),
)
def no_case_rate(case: Case) -> Findings:
    """The case group is known, but has no case rate for scheme and level on the first day of the visit.

    Passes: a group with a rate for NHI at district hospitals.
    Fails: a group with a rate at provincial hospitals only.
    """
    if case.method == Method.CASE and case.case_group and case.case_rate is None and case.facility:
        yield Finding(message=_without_rate(case, case.case_group, case.facility.level), field="case_group")


def _without_rate(case: Case, group: CaseGroup, level: str) -> Message:
    scheme, rates, day = case.claim.scheme, case.registers.case_rates, case.day
    rated = levels_named(other for other in Level if day and rates.on(day, group.code, scheme, other))
    values = {"group": named(group.code, group.name), "scheme": scheme, "level": level_name(level), "day": day}
    return say(
        "Case group {group} has no rate for {scheme} at this level ({level}) on {day}; it has one at: {rated}.",
        rated=rated,
        **values,
    )


@rule(
    "T13",
    title=say("Lines under capitation"),
    severity=Severity.WARN,
    fix=say("Nothing to send. The capitation pays for these items; they are kept for costing."),
)
def lines_under_capitation(case: Case) -> Findings:
    """Under capitation only extra items are paid by themselves; other known items on the claim are kept for costing.

    Passes: a capitated visit without lines, or with an extra item.
    Fails: a capitated visit with a consultation.
    """
    if case.method == Method.CAPITATION:
        numbers = [billed.line_no for billed in case.billed if billed.item and not billed.item.extra]
        if numbers:
            yield Finding(message=_in_the_capitation(case, numbers))


def _in_the_capitation(case: Case, numbers: list[int]) -> Message:
    values = {"scheme": case.claim.scheme, "care": care_name(case.claim.care_type), "numbers": numbers_listed(numbers)}
    return say("{scheme} pays here by capitation ({care}); it includes line {numbers}.", **values)


@rule(
    "T14",
    title=say("Nothing to pay on the claim"),
    severity=Severity.DENY,
    priced=True,
    fix=say("The claim is not paid. Send each service with item, quantity and price."),
)
def nothing_to_pay(priced: Priced) -> Findings:
    """Under fee, no line has anything allowed, or there are no lines. While something is asked about a line that has
    nothing allowed, this is not yet known and the rule waits.

    Passes: two lines, one of them not a benefit.
    Fails: one line, not a benefit; no lines at all.
    """
    if priced.method == Method.FEE and not any(line.allowed for line in priced.lines) and not priced.pended:
        yield Finding(message=_nothing_allowed(priced.case, len(priced.lines)))


def _nothing_allowed(case: Case, count: int) -> Message:
    values = {"scheme": case.claim.scheme, "care": care_name(case.claim.care_type), "count": count}
    if not count:
        return say("{scheme} pays here by the line ({care}), and the claim has no lines.", **values)
    return say(
        "{scheme} pays here by the line ({care}); none of the lines ({count}) has anything to be paid.", **values
    )
