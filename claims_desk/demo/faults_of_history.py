"""Faults that show beside other claims: limits (L) and doubles (X)."""

from __future__ import annotations

from claims_desk.demo.calendar import days
from claims_desk.demo.faults import Workshop, fault
from claims_desk.demo.forms import Form
from claims_desk.domain.codes import INPATIENT


def _copy_patient(shop: Workshop, form: Form, other: Form, first_shift: int, last_shift: int) -> bool:
    """Let the patient of `other` come to this form's facility for the same reason, so many days later."""
    first, last = other.first + days(first_shift), other.last + days(last_shift)
    in_bundle = (last.year, last.month) == (form.month.year, form.month.month)
    if not in_bundle or not shop.scribe.accepts(form.site, other.cover, other.reason, first):
        return False
    shop.keep(other)
    shop.scribe.fill(form, other.cover, other.reason, first, last)
    return True


def _same_item_again(shop: Workshop, form: Form, item: str) -> bool:
    """Give `item` to the patient of an earlier claim there, and again on this form."""
    if form.method != "FEE" or form.reason.care_type != "OPD" or not shop.scribe.fits(form, item):
        return False

    def wanted(other: Form) -> bool:
        alike = other.site is form.site and other.method == "FEE" and other.reason is form.reason
        return alike and other.first < form.first and shop.scribe.fits(other, item)

    other = shop.earlier(form, wanted)
    if other is None:
        return False
    shop.keep(other)
    shop.scribe.fill(form, other.cover, form.reason, form.first, form.last)
    for each in (other, form):
        if (line := shop.scribe.line(each, item, 1)) is not None and all(x.item_code != item for x in each.lines):
            each.lines.append(line)
            each.add_up()
    return True


@fault("L01")
def item_too_soon(shop: Workshop, form: Form) -> bool:
    """The same item again too soon."""
    return form.cover.person.age(form.first) >= 15 and _same_item_again(shop, form, "DENSCA")


@fault("L02")
def item_too_often_a_year(shop: Workshop, form: Form) -> bool:
    """More of an item than a year allows."""
    return _same_item_again(shop, form, "BLGRP")


def _add_all(shop: Workshop, form: Form, items: dict[str, int]) -> bool:
    lines = [shop.scribe.line(form, item, quantity) for item, quantity in items.items()]
    if any(line is None for line in lines) or {line.item_code for line in form.lines} & set(items):
        return False
    form.lines += [line for line in lines if line is not None]
    form.add_up()
    return True


@fault("L03")
def above_claim_ceiling(shop: Workshop, form: Form) -> bool:
    """Above the ceiling of a claim."""
    if form.cover.scheme != "SASS" or form.reason.care_type != "OPD" or form.cover.person.age(form.first) < 18:
        return False
    return _add_all(shop, form, {"CTSCAN": 1, "ENDOSC": 1, "COLONO": 1, "ECHOC": 1})


@fault("L04")
def above_year_ceiling(shop: Workshop, form: Form) -> bool:
    """Above the ceiling of a year."""
    if form.cover.scheme != "CBHI" or form.reason.care_type != "IPD":
        return False
    return _add_all(shop, form, {"PLATE": 3, "CTSCAN": 1, "ENDOSC": 1, "BLOOD": 2})


@fault("L05")
def very_long_stay(shop: Workshop, form: Form) -> bool:
    """A stay of more than sixty days."""
    young = form.cover.valid_from > form.last - days(200)
    if form.reason.care_type != "IPD" or form.method != "CASE" or young or form.cover.person.age(form.first) < 7:
        return False
    first = form.last - days(shop.rng.randint(62, 75))
    if not shop.scribe.accepts(form.site, form.cover, form.reason, first):
        return False
    shop.scribe.fill(form, form.cover, form.reason, first, form.last)
    return True


@fault("L06")
def ninth_visit(shop: Workshop, form: Form) -> bool:
    """A ninth visit in one month."""
    folder = next(folder for folder in shop.folders if form in folder.forms)
    visits = [x for x in folder.forms if x.reason.care_type == "OPD" and id(x) in shop.untouched]
    if len(visits) < 9 or form is not visits[8] or form.method != "CAPITATION":
        return False
    cover, reason = form.cover, form.reason
    for place, visit in enumerate(visits[:9]):
        day = form.month + days(place * 3)
        shop.scribe.fill(visit, cover, reason, day, day)
    shop.keep(*visits[:9])
    return True


@fault("L07")
def second_delivery(shop: Workshop, form: Form) -> bool:
    """More deliveries in a year than the scheme pays."""
    if form.reason.care_type != "DELIVERY" or form.cover.scheme != "NHI":
        return False
    other = shop.earlier(
        form, lambda x: x.reason.care_type == "DELIVERY" and x.cover.scheme == "NHI" and x.month < form.month
    )
    if other is None or not shop.scribe.accepts(form.site, other.cover, form.reason, form.first):
        return False
    shop.keep(other)
    shop.scribe.fill(form, other.cover, form.reason, form.first, form.last)
    return True


@fault("X01")
def same_claim_again(shop: Workshop, form: Form) -> bool:
    """The same claim handed in twice."""
    other = shop.earlier(form, lambda x: x.site is form.site and x.month == form.month)
    return other is not None and _copy_patient(shop, form, other, 0, 0)


@fault("X02")
def two_stays_at_once(shop: Workshop, form: Form) -> bool:
    """Two stays share a night."""

    def wanted(other: Form) -> bool:
        stay = other.reason.care_type == "IPD" and (other.last - other.first).days >= 3
        return stay and other.site is not form.site and other.month == form.month

    if form.reason.care_type != "IPD" or (other := shop.earlier(form, wanted)) is None:
        return False
    return _copy_patient(shop, form, other, 1, 1)


@fault("X03")
def two_facilities_a_day(shop: Workshop, form: Form) -> bool:
    """Two facilities on one day."""

    def wanted(other: Form) -> bool:
        return other.reason.care_type == "OPD" and other.site is not form.site and other.month == form.month

    if form.reason.care_type != "OPD" or (other := shop.earlier(form, wanted)) is None:
        return False
    return _copy_patient(shop, form, other, 0, 0)


@fault("X04")
def visit_during_stay(shop: Workshop, form: Form) -> bool:
    """A visit while in hospital."""

    def wanted(other: Form) -> bool:
        stay = other.reason.care_type in INPATIENT and (other.last - other.first).days >= 2
        inside = other.first < form.first < other.last
        return stay and inside and shop.scribe.accepts(form.site, other.cover, form.reason, form.first)

    if form.reason.care_type != "OPD" or (other := shop.earlier(form, wanted)) is None:
        return False
    shop.keep(other)
    shop.scribe.fill(form, other.cover, form.reason, form.first, form.last)
    return True


@fault("X06")
def two_numbers(shop: Workshop, form: Form) -> bool:
    """One patient under two member numbers."""
    other = shop.earlier(form, lambda x: x.site is form.site and x.month == form.month and x.reason is form.reason)
    if other is None or other.cover.scheme != "NHI" or form.cover.scheme != "NHI":
        return False
    for first in shop.patients.special("doubled"):
        second = next(cover for cover in shop.patients.special("double") if cover.person.born == first.person.born
                      and cover.person.lao == first.person.lao)  # fmt: skip
        if shop.scribe.accepts(form.site, first, form.reason, other.first):
            shop.keep(other)
            shop.patients.take(first)
            shop.patients.take(second)
            shop.scribe.fill(other, first, form.reason, other.first, other.last)
            shop.scribe.fill(form, second, form.reason, other.first, other.last)
            other.paper.patient_name = form.paper.patient_name = first.person.lao
            return True
    return False
