"""T: the lines - known items in benefit, at the tariff, in sensible quantities - and the case rate."""

from __future__ import annotations

from claims_desk.domain.codes import Method, Severity
from claims_desk.domain.dates import completed_years
from claims_desk.domain.judgement import BilledLine, Case, Finding
from claims_desk.domain.messages import say
from claims_desk.rules.diagnosis import fits_age
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
        message = say("Item {code} ({name}) is not in use on {day}.", code=item.code, name=item.name, day=day)
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
        message = say("Item {code} ({name}) is not a benefit.", code=billed.item.code, name=billed.item.name)
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
        values = {"code": item.code, "scheme": billed.case.claim.scheme, "level": facility.level, "day": day}
        message = say("Item {code} has no price for {scheme} at level {level} on {day}.", **values)
        yield Finding(message=message, field="item_code")


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
        values = {"asked": asked, "price": row.price, "level": row.level, "since": row.valid_from}
        message = say("Unit price {asked:kip} is above the tariff {price:kip} of {level} from {since}.", **values)
        yield Finding(message=message, field="unit_price")


@rule(
    "T06",
    title=say("Quantity or unit price impossible"),
    severity=Severity.PEND,
    on="line",
    fix=say("Correct quantity and unit price from the paper, or ask the health facility."),
)
def quantity_or_price_impossible(billed: BilledLine) -> Findings:
    """A quantity is a whole number above 0, a unit price is not below 0. Either one left empty is asked about too: a
    line should not be paid nothing because a number was forgotten.

    Passes: quantity 2, unit price 0.
    Fails: quantity 0, 1.5 or empty; unit price -1,000 or empty.
    """
    quantity, price = billed.line.quantity, billed.line.unit_price
    if billed.quantity is None:
        given = say("(empty)") if quantity is None else str(quantity)[:20]
        yield Finding(message=say("The quantity {given} is no whole number above 0.", given=given), field="quantity")
    elif price is None or price < 0:
        given = say("(empty)") if price is None else f"{price}"
        yield Finding(message=say("The unit price {given} is not possible.", given=given), field="unit_price")


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
            values = {"code": item.code, "limit": item.max_per_day, "asked": line.asked, "left": line.after_day}
            message = say("{code}: {limit} are allowed on a day; cut from {asked} to {left}.", **values)
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
    day, pairs = billed.day, billed.case.registers.item_pairs.all(billed.line.item_code)
    firsts = {pair.first_item for pair in pairs if day and pair.holds(day)}
    for other in billed.case.billed if firsts else ():
        alike = other.line.item_code == billed.line.item_code  # paired with itself: paid once a day
        if other.line.item_code in firsts and other.day == day and not (alike and other.line_no >= billed.line_no):
            values = {"code": billed.line.item_code, "first": other.line.item_code, "line": other.line_no}
            yield Finding(message=say("{code} is included in {first} of line {line}.", **values), field="item_code")
            return


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
        values = {"code": item.code, "name": item.name, "wanted": ", ".join(item.care_types), "care": care}
        message = say("Item {code} ({name}) is for {wanted}, not for {care}.", **values)
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
    item, born = billed.item, billed.case.member.birth_date if billed.case.member else billed.case.claim.birth_date
    if item and item.sex and billed.case.sex and item.sex != billed.case.sex:
        values = {"code": item.code, "wanted": item.sex, "sex": billed.case.sex}
        yield Finding(message=say("Item {code} is for sex {wanted}; the patient's is {sex}.", **values))
    elif item and born and billed.day:
        age = completed_years(born, billed.day)
        if not fits_age(age, item.age_min, item.age_max):
            yield Finding(message=say("Item {code} does not fit the age of {age} years.", code=item.code, age=age))


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
        code = case.claim.case_group
        message = say("No case group has the code {code}.", code=code) if code else say("The case group is empty.")
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
        claim = case.claim
        values = {"group": claim.case_group, "scheme": claim.scheme, "level": case.facility.level, "day": case.day}
        message = say("Case group {group} has no rate for {scheme} at level {level} on {day}.", **values)
        yield Finding(message=message, field="case_group")


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
        numbers = [str(billed.line_no) for billed in case.billed if billed.item and not billed.item.extra]
        if numbers:
            yield Finding(message=say("The capitation pays for line {numbers}.", numbers=", ".join(numbers)))


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
        yield Finding(message=say("No line of the claim has anything to be paid."))
