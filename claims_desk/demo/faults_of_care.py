"""Faults of diagnosis (D) and of items and tariff (T)."""

from __future__ import annotations

from claims_desk.demo.faults import Workshop, fault
from claims_desk.demo.forms import Form, FormLine
from claims_desk.domain.codes import INPATIENT, Level

_CATEGORIES = ("J18", "A09", "E11", "K29", "J06", "N39")
_EXTERNAL_CAUSES = ("V23.4", "W19", "W54", "X20")
_MALE, _FEMALE = "N40", "N76.0"


@fault("D01")
def unknown_diagnosis(shop: Workshop, form: Form) -> bool:
    """A diagnosis code that does not exist."""
    form.paper.diagnosis_2 = shop.rng.choice(("J99.9", "ZZZ", "A0.99", "K299", "I10.7"))
    return True


@fault("D02")
def retired_diagnosis(shop: Workshop, form: Form) -> bool:
    """A diagnosis code no longer in use."""
    form.paper.diagnosis_2 = shop.rng.choice(("A90", "A91", "K35.9"))
    return True


@fault("D03")
def category_as_diagnosis(shop: Workshop, form: Form) -> bool:
    """A category instead of a full code."""
    if form.reason.care_type != "OPD" or form.cover.person.age(form.first) < 15:
        return False
    form.paper.diagnosis_main = shop.rng.choice(_CATEGORIES)
    return True


@fault("D04")
def diagnosis_of_other_sex(_shop: Workshop, form: Form) -> bool:
    """A diagnosis of the other sex."""
    form.paper.diagnosis_2 = _MALE if form.cover.person.sex == "F" else _FEMALE
    return True


@fault("D05")
def diagnosis_of_other_age(shop: Workshop, form: Form) -> bool:
    """A diagnosis of another age."""
    if form.cover.person.age(form.first) < 5:
        return False
    form.paper.diagnosis_2 = shop.rng.choice(("P07.1", "P36.9", "P59.9"))
    return True


@fault("D06")
def external_cause_first(shop: Workshop, form: Form) -> bool:
    """An external cause as main diagnosis."""
    if form.reason.care_type != "OPD":
        return False
    form.paper.diagnosis_main = shop.rng.choice(_EXTERNAL_CAUSES)
    return True


@fault("D07")
def diagnosis_outside_group(shop: Workshop, form: Form) -> bool:
    """The diagnosis does not belong to the case group."""
    if form.method != "CASE" or form.reason.care_type != "IPD":
        return False
    form.paper.diagnosis_main, form.paper.diagnosis_2 = shop.rng.choice(("H60.9", "L20.9", "R51")), ""
    return True


@fault("D08")
def diagnosis_twice(_shop: Workshop, form: Form) -> bool:
    """The same diagnosis twice."""
    form.paper.diagnosis_2 = form.paper.diagnosis_main
    return True


def _add(shop: Workshop, form: Form, item: str, quantity: int) -> bool:
    """Add a line of `item` at its price, if the facility has one, and add up."""
    line = shop.scribe.line(form, item, quantity)
    if line is None or any(other.item_code == item for other in form.lines):
        return False
    form.lines.append(line)
    form.add_up()
    return True


def _by_fee(form: Form) -> bool:
    return form.method == "FEE" and bool(form.lines)


@fault("T01")
def unknown_item(shop: Workshop, form: Form) -> bool:
    """An item code that does not exist."""
    if not _by_fee(form):
        return False
    form.lines[-1].item_code = shop.rng.choice(("PARA50", "CON5", "XRAYY", "AMOX"))
    return True


@fault("T02")
def withdrawn_item(shop: Workshop, form: Form) -> bool:
    """An item that was withdrawn."""
    return _by_fee(form) and _add(shop, form, shop.rng.choice(("OLDXRF", "OLDVDR")), 1)


@fault("T03")
def excluded_item(shop: Workshop, form: Form) -> bool:
    """An item the benefits exclude."""
    return _by_fee(form) and form.reason.care_type == "OPD" and _add(shop, form, "SPECTX", 1)


@fault("T04")
def item_without_price(_shop: Workshop, form: Form) -> bool:
    """An item without a price at this level."""
    if not _by_fee(form) or Level(form.site.level).rank >= Level.CH.rank:
        return False
    form.lines.append(FormLine("MRI", "1", 2_000_000))
    form.add_up()
    return True


@fault("T05")
def above_the_price(shop: Workshop, form: Form) -> bool:
    """Charged above the price."""
    if not _by_fee(form):
        return False
    line = shop.rng.choice(form.lines)
    line.unit_price += max(500, line.unit_price // 4)
    form.add_up()
    return True


@fault("T06")
def no_quantity(_shop: Workshop, form: Form) -> bool:
    """A quantity that is none."""
    if not _by_fee(form):
        return False
    form.lines[-1].quantity = "0"
    form.add_up()
    return True


@fault("T07")
def too_much_a_day(shop: Workshop, form: Form) -> bool:
    """More on one day than the limit."""
    if not _by_fee(form) or any(line.item_code == "PARA500" for line in form.lines):
        return False
    return _add(shop, form, "PARA500", shop.rng.choice((50, 60, 100)))


@fault("T08")
def excluding_pair(shop: Workshop, form: Form) -> bool:
    """Two items that exclude each other."""
    codes = {line.item_code for line in form.lines}
    if form.method != "FEE" or "CONS" not in codes or not _add(shop, form, "CONSSP", 1):
        return False
    form.lines[-1].service_date = next(line.service_date for line in form.lines if line.item_code == "CONS")
    return True


@fault("T09")
def item_of_other_care(shop: Workshop, form: Form) -> bool:
    """An item of another kind of care."""
    return _by_fee(form) and form.reason.care_type not in INPATIENT and _add(shop, form, "WARD", 2)


@fault("T10")
def item_of_other_sex(shop: Workshop, form: Form) -> bool:
    """An item of the other sex."""
    return _by_fee(form) and form.cover.person.sex == "M" and _add(shop, form, "PREGT", 1)


@fault("T11")
def no_case_group(shop: Workshop, form: Form) -> bool:
    """No case group."""
    if form.method != "CASE":
        return False
    form.paper.case_group = shop.rng.choice(("", "M99"))
    return True


@fault("T12")
def case_without_rate(_shop: Workshop, form: Form) -> bool:
    """A case group without a rate at this level."""
    adult = form.cover.person.age(form.first) >= 30
    if form.method != "CASE" or form.reason.care_type != "IPD" or form.site.level == "CH" or not adult:
        return False
    form.paper.case_group, form.paper.diagnosis_main, form.paper.diagnosis_2 = "C06", "C16.9", ""
    return True


@fault("T13")
def items_under_capitation(shop: Workshop, form: Form) -> bool:
    """Items that capitation has paid already."""
    return form.method == "CAPITATION" and form.reason.care_type == "OPD" and _add(shop, form, "CONS", 1)


@fault("T14")
def nothing_payable(shop: Workshop, form: Form) -> bool:
    """Nothing on the form is payable."""
    if form.method != "FEE" or form.reason.care_type != "OPD":
        return False
    line = shop.scribe.line(form, "SPECTX", 1)
    if line is None:
        return False
    form.lines = [line]
    form.add_up()
    return True
