"""Faults of the form itself: fields (A), facility (F) and referral (R)."""

from __future__ import annotations

from datetime import date

from claims_desk.demo.calendar import days
from claims_desk.demo.faults import Workshop, fault
from claims_desk.demo.forms import Form
from claims_desk.domain.codes import INPATIENT

_BLANKABLE = ("member_no", "care_type", "visit_from", "diagnosis_main", "claimed_total", "visit_to", "received_date")


@fault("A01")
def empty_field(shop: Workshop, form: Form) -> bool:
    """A required field is left empty."""
    name = shop.rng.choice(_BLANKABLE)
    if name == "visit_to" and form.reason.care_type not in INPATIENT:
        return False
    dated = name.endswith(("_from", "_to", "_date"))
    setattr(form.paper, name, None if dated or name == "claimed_total" else "")
    return True


@fault("A02")
def ends_before_it_begins(_shop: Workshop, form: Form) -> bool:
    """The stay ends before it begins."""
    if form.first >= form.last or form.lines or form.first.month != form.last.month:
        return False
    form.paper.visit_from, form.paper.visit_to = form.last, form.first
    return True


@fault("A03")
def received_too_early(shop: Workshop, form: Form) -> bool:
    """Received before the patient went home."""
    form.paper.received_date = form.last - days(shop.rng.randint(1, 5))
    return True


@fault("A04")
def received_too_late(shop: Workshop, form: Form) -> bool:
    """Handed in long after the deadline."""
    if form.month != date(2026, 7, 1):
        return False
    form.paper.received_date = form.last + days(shop.rng.randint(91, 100))
    return True


@fault("A05")
def number_twice(shop: Workshop, form: Form) -> bool:
    """The form number stands on an earlier form."""
    other = shop.earlier(form, lambda other: other.site is form.site and not other.lines)
    if form.lines or other is None:
        return False
    shop.keep(other)
    form.paper.form_no = other.paper.form_no
    return True


@fault("A06")
def wrong_sum(shop: Workshop, form: Form) -> bool:
    """The total is not the sum of the lines."""
    if len(form.lines) < 2 or not form.paper.claimed_total:
        return False
    form.paper.claimed_total += shop.rng.choice((-1000, 5000, 10_000, 50_000))
    return True


@fault("A07")
def no_papers(shop: Workshop, form: Form) -> bool:
    """No papers of the patient were seen."""
    form.paper.documents_seen = shop.rng.choice(("", "NONE"))
    return True


@fault("A08")
def not_signed(_shop: Workshop, form: Form) -> bool:
    """The form is not signed."""
    form.paper.signed = "no"
    return True


@fault("A09")
def placeholder_phone(shop: Workshop, form: Form) -> bool:
    """A made-up telephone number."""
    form.paper.phone = shop.rng.choice(("99999999", "12345678", "0000000", "87654321"))
    return True


@fault("A10")
def line_outside_visit(shop: Workshop, form: Form) -> bool:
    """An item was given after the patient left."""
    if not form.lines:
        return False
    form.lines[-1].service_date = form.last + days(shop.rng.randint(2, 6))
    return True


@fault("F01")
def unknown_facility(shop: Workshop, form: Form) -> bool:
    """The facility's code is mistyped."""
    form.paper.facility_code = form.site.code[:-2] + shop.rng.choice(("59", "68", "77"))
    return True


@fault("F02")
def closed_facility(shop: Workshop, form: Form) -> bool:
    """The facility had closed."""
    closed = next(site for site in shop.quarter.sites if site.closed_on)
    if form.site.level != "HC" or form.paper.visit_to is None or form.lines:
        return False
    form.paper.facility_code = closed.code
    return True


@fault("F03")
def no_contract(shop: Workshop, form: Form) -> bool:
    """The facility has no contract for the scheme."""
    if {"SSO", "MIL"} & set(form.site.schemes) or form.reason.care_type != "OPD":
        return False
    for cover in shop.patients.special("first payer"):
        suits = form.reason.suits(cover.person.sex, cover.person.age(form.first))
        if cover.scheme in ("SSO", "MIL") and not cover.person.died and suits:
            shop.patients.take(cover)
            shop.scribe.fill(form, cover, form.reason, form.first, form.last)
            return True
    return False


@fault("F04")
def no_method(_shop: Workshop, form: Form) -> bool:
    """Care the scheme does not pay for at this level."""
    woman = form.cover.person.sex == "F"
    if form.reason.care_type != "OPD" or form.cover.scheme not in ("CBHI", "HEF", "MIL") or not woman:
        return False
    form.paper.care_type = "PNC"
    return True


@fault("F05")
def wrong_bundle(shop: Workshop, form: Form) -> bool:
    """The form lay in another facility's bundle."""
    others = [folder for folder in shop.folders if folder.month == form.month and folder.site is not form.site]
    home = next(folder for folder in shop.folders if form in folder.forms)
    if not others or len(home.forms) < 2:
        return False
    form.paper.submission = shop.rng.choice(others).number
    return True


@fault("F06")
def wrong_month(shop: Workshop, form: Form) -> bool:
    """The form belongs to another month's bundle."""
    if form.month == date(2026, 7, 1) or form.lines or form.cover.valid_from > date(2026, 3, 31):
        return False
    shop.scribe.fill(form, form.cover, form.reason, form.first - days(31), form.last - days(31))
    return True


def _referred(form: Form) -> bool:
    return bool(form.paper.referred_from) and "PH" in _referral_levels(form)


def _referral_levels(form: Form) -> str:
    return "PH;RH;CH" if form.cover.scheme in ("NHI", "HEF", "MNCH", "CBHI") else ""


@fault("R01")
def no_referral(_shop: Workshop, form: Form) -> bool:
    """No referral, though the level asks for one."""
    if not _referred(form) or form.cover.option == "BLUE":
        return False
    form.paper.referred_from, form.paper.referral_date, form.paper.referral_no = "", None, ""
    return True


@fault("R02")
def wrong_referrer(shop: Workshop, form: Form) -> bool:
    """Referred by a facility that cannot refer here."""
    if not _referred(form):
        return False
    form.paper.referred_from = shop.rng.choice(("999999", "010195"))
    return True


@fault("R03")
def stale_referral(shop: Workshop, form: Form) -> bool:
    """The referral is too old or not dated."""
    if not _referred(form):
        return False
    form.paper.referral_date = shop.rng.choice((None, form.first - days(45)))
    return True
