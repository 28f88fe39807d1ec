"""Faults of membership (M), of cross-area care (R04), of exemption and co-payment (P)."""

from __future__ import annotations

from collections.abc import Callable

from claims_desk.demo.calendar import SETTLED
from claims_desk.demo.covers import Cover
from claims_desk.demo.faults import Workshop, fault
from claims_desk.demo.forms import Form


def _anybody(_: Cover) -> bool:
    return True


def _refill(shop: Workshop, form: Form, trait: str, wanted: Callable[[Cover], bool] = _anybody) -> bool:
    """Let a member with this trait come for the form's reason instead."""
    for cover in shop.patients.special(trait):
        alive = cover.person.died is None or trait == "dead"
        if alive and wanted(cover) and shop.scribe.accepts(form.site, cover, form.reason, form.first):
            shop.patients.take(cover)
            shop.scribe.fill(form, cover, form.reason, form.first, form.last)
            return True
    return False


def _minor_or_not_child(cover: Cover, form: Form) -> bool:
    return cover.relation != "CHILD" or cover.person.age(form.last) < 18


@fault("M01")
def unknown_member(_shop: Workshop, form: Form) -> bool:
    """A digit of the member number is wrong."""
    number = form.paper.member_no
    form.paper.member_no = number[:-6] + "9" + number[-5:]
    return True


@fault("M02")
def ended_cover(shop: Workshop, form: Form) -> bool:
    """The cover had ended."""
    return _refill(shop, form, "expired")


@fault("M03")
def suspended_cover(shop: Workshop, form: Form) -> bool:
    """The cover is suspended."""
    return _refill(
        shop, form, "suspended", lambda cover: cover.valid_from <= SETTLED and _minor_or_not_child(cover, form)
    )


@fault("M04")
def dead_patient(shop: Workshop, form: Form) -> bool:
    """The patient had died before."""
    return _refill(shop, form, "dead", lambda cover: cover.person.died is not None and cover.person.died < form.first)


@fault("M05")
def wrong_sex(_shop: Workshop, form: Form) -> bool:
    """The sex is not the register's."""
    form.paper.sex = "F" if form.paper.sex == "M" else "M"
    return True


@fault("M06")
def wrong_birth_date(shop: Workshop, form: Form) -> bool:
    """The birth date is years off."""
    born = form.cover.person.born
    form.paper.birth_date = born.replace(year=born.year - shop.rng.randint(3, 12), day=min(born.day, 28))
    return True


@fault("M07")
def wrong_name(shop: Workshop, form: Form) -> bool:
    """The name is somebody else's."""
    person = form.cover.person
    other = shop.rng.choice(shop.forms).cover.person
    alike = set(other.given.lao) & set(person.given.lao), set(other.family.lao) & set(person.family.lao)
    if max(map(len, alike)) > 2:
        return False
    form.paper.patient_name = other.lao
    return True


@fault("M08")
def other_payer_first(shop: Workshop, form: Form) -> bool:
    """Another scheme pays first."""
    return _refill(shop, form, "second payer", lambda cover: _minor_or_not_child(cover, form))


@fault("M09")
def two_equal_payers(shop: Workshop, form: Form) -> bool:
    """Two schemes of the same rank cover the patient."""
    return _refill(shop, form, "equal payer")


@fault("M10")
def still_waiting(shop: Workshop, form: Form) -> bool:
    """The waiting time is not over."""
    return _refill(
        shop, form, "waiting", lambda cover: cover.valid_from <= form.first and _minor_or_not_child(cover, form)
    )


@fault("M11")
def grown_child(shop: Workshop, form: Form) -> bool:
    """A child of the household who is grown up."""
    return _refill(shop, form, "grown child")


@fault("R04")
def from_another_province(shop: Workshop, form: Form) -> bool:
    """Care away from home without a referral."""
    if form.site.level not in ("HC", "DH"):
        return False
    return _refill(
        shop, form, "elsewhere", lambda cover: cover.valid_from <= SETTLED and _minor_or_not_child(cover, form)
    )


def _copay_due(shop: Workshop, form: Form) -> int:
    return shop.scribe.tariff.copayments.get((form.cover.scheme, form.site.level, form.reason.care_type), 0)


@fault("P01")
def copay_too_high(shop: Workshop, form: Form) -> bool:
    """More co-payment was taken than is due."""
    if form.cover.scheme != "NHI" or form.paper.exemption_claimed:
        return False
    form.paper.copay_collected = _copay_due(shop, form) + shop.rng.choice((5_000, 10_000, 20_000))
    return True


@fault("P02")
def unsupported_exemption(shop: Workshop, form: Form) -> bool:
    """An exemption nobody has granted."""
    if form.cover.scheme != "NHI" or form.paper.exemption_claimed:
        return False
    form.paper.exemption_claimed, form.paper.copay_collected = shop.rng.choice(("POOR", "UNDER5")), 0
    return True


@fault("P03")
def exempt_but_paid(shop: Workshop, form: Form) -> bool:
    """An exempt patient had to pay."""
    if not form.paper.exemption_claimed or not _copay_due(shop, form):
        return False
    form.paper.copay_collected = _copay_due(shop, form)
    return True


@fault("P04")
def copay_too_low(_shop: Workshop, form: Form) -> bool:
    """Less co-payment was taken than is due."""
    if not form.paper.copay_collected:
        return False
    form.paper.copay_collected = 0
    return True
