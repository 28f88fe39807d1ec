"""Wrong claims no rule can find: what samples, second keying and visits to facilities are for."""

from __future__ import annotations

from claims_desk.demo.calendar import days
from claims_desk.demo.faults import Workshop, fault
from claims_desk.demo.forms import Form

_DEARER = {"M05": "M04", "M12": "M14", "M15": "M17", "NDEL": "ADEL"}


@fault("")
def name_turned_round(_shop: Workshop, form: Form) -> bool:
    """Family name written before the given name."""
    person = form.cover.person
    form.paper.patient_name = f"{person.family.lao} {person.given.lao}"
    return True


@fault("")
def digits_exchanged(_shop: Workshop, form: Form) -> bool:
    """Digits of an amount exchanged, the total with it."""
    if form.method != "FEE":
        return False
    for line in form.lines:
        digits = str(line.unit_price)
        turned = int(digits[1] + digits[0] + digits[2:]) if digits[1] != "0" else 0
        if 0 < turned < line.unit_price:
            line.unit_price = turned
            form.add_up()
            return True
    return False


@fault("")
def dearer_case(shop: Workshop, form: Form) -> bool:
    """A dearer case group than the patient had."""
    dearer = _DEARER.get(form.reason.group)
    if form.method != "CASE" or dearer is None or form.lines:
        return False
    reason = next(x for pool in shop.quarter.reasons.values() for x in pool if x.group == dearer)
    if not shop.scribe.accepts(form.site, form.cover, reason, form.first):
        return False
    shop.scribe.fill(form, form.cover, reason, form.first, form.last)
    return True


@fault("")
def padded_quantity(shop: Workshop, form: Form) -> bool:
    """More medicine on paper than was given."""
    if form.method != "FEE":
        return False
    for line in form.lines:
        row = shop.scribe.tariff.items[line.item_code]
        limit = int(row["max_per_day"] or 0)
        if row["kind"] == "MEDICINE" and limit > int(line.quantity) and not row["max_per_year"]:
            line.quantity = str(limit)
            form.add_up()
            return True
    return False


@fault("")
def phantom_ambulance(shop: Workshop, form: Form) -> bool:
    """An ambulance that never drove."""
    line = shop.scribe.line(form, "AMBUL", 1)
    if form.method == "CAPITATION" or line is None or any(x.item_code == "AMBUL" for x in form.lines) or not form.lines:
        return False
    form.lines.append(line)
    form.add_up()
    return True


@fault("")
def day_before(shop: Workshop, form: Form) -> bool:
    """The day before written for the day of the visit."""
    day = form.first - days(1)
    old_enough = form.cover.valid_from <= day - days(100)
    if form.reason.care_type != "OPD" or form.first.day == 1 or form.lines or not old_enough:
        return False
    shop.scribe.fill(form, form.cover, form.reason, day, day)
    return True
