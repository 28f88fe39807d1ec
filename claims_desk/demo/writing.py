"""How a facility fills in a form that has nothing wrong."""

from __future__ import annotations

from datetime import date
from random import Random

from claims_desk.demo.calendar import between, days
from claims_desk.demo.covers import Cover
from claims_desk.demo.facilities import Site
from claims_desk.demo.forms import Fields, Form, FormLine
from claims_desk.demo.people import PROVINCE
from claims_desk.demo.reasons import Reason, Use
from claims_desk.demo.tariffs import Tariff
from claims_desk.domain.codes import INPATIENT

_EXTRAS = ("AMBUL", "BLOOD", "CTSCAN", "ENDOSC")
_REFERRED_LEVELS = ("PH", "RH", "CH")


class Scribe:
    """Fills in forms by the tariff; every choice left to chance comes from `rng`."""

    def __init__(self, rng: Random, tariff: Tariff) -> None:
        self.rng = rng
        self.tariff = tariff

    def accepts(self, site: Site, cover: Cover, reason: Reason, day: date) -> bool:
        """Whether the facility can claim for this reason under this cover."""
        method = self.tariff.methods.get((cover.scheme, site.level, reason.care_type))
        if cover.scheme not in site.schemes or method is None:
            return False
        if not reason.suits(cover.person.sex, cover.person.age(day)):
            return False
        return not reason.group or self.tariff.rate(reason.group, cover.scheme, site.level, day) is not None

    def fill(self, form: Form, cover: Cover, reason: Reason, first: date, last: date) -> None:
        """Write the whole form anew for this patient, reason and days; number and bundle stay."""
        form.cover, form.reason, form.first, form.last = cover, reason, first, last
        form.method = self.tariff.methods[cover.scheme, form.site.level, reason.care_type]
        form.lines = self._lines(form)
        old = form.paper
        paper = Fields(form_no=old.form_no, facility_code=form.site.code, submission=old.submission)
        form.paper = paper
        self._write_patient(form, paper)
        self._write_visit(form, paper)
        self._write_referral(form, paper)
        self._write_money(form, paper)

    def line(self, form: Form, item: str, quantity: int) -> FormLine | None:
        """A line at the tariff's price; None where the facility has no price for the item."""
        day = between(self.rng, form.first, form.last)
        price = self.tariff.price(item, form.cover.scheme, form.site.level, day)
        return None if price is None else FormLine(item, str(quantity), price, day)

    def _write_patient(self, form: Form, paper: Fields) -> None:
        person = form.cover.person
        paper.scheme, paper.member_no = form.cover.scheme, form.cover.member_no
        paper.patient_name = person.lao if self.rng.random() < 0.9 else person.roman
        paper.phone = person.phone
        paper.sex, paper.birth_date = person.sex, person.born
        minor = person.age(form.first) < 18
        paper.documents_seen = "FAMILY_BOOK" if minor else self.rng.choice(("ID", "ID;FAMILY_BOOK", "CARD", "ID;CARD"))

    def _write_visit(self, form: Form, paper: Fields) -> None:
        reason = form.reason
        paper.care_type, paper.visit_from, paper.received_date = reason.care_type, form.first, form.received
        inpatient = reason.care_type in INPATIENT
        paper.visit_to = form.last if inpatient or self.rng.random() < 0.5 else None
        paper.case_group = reason.group if form.method == "CASE" else ""
        paper.diagnosis_main, *others = self.rng.sample(reason.diagnoses, min(len(reason.diagnoses), 2))
        if others and self.rng.random() < 0.15 and not reason.group.startswith(("NDEL", "CDEL")):
            paper.diagnosis_2 = others[0]
        paper.outcome = self.rng.choice(("RECOVERED", "IMPROVED")) if inpatient else ""

    def _write_referral(self, form: Form, paper: Fields) -> None:
        cover, site = form.cover, form.site
        if site.level not in _REFERRED_LEVELS:
            return
        needed = site.level in self.tariff.schemes[cover.scheme]["referral_levels"].split(";")
        if self.rng.random() < 0.2:
            paper.emergency = "yes"
        elif (needed and cover.option != "BLUE") or not cover.person.district.startswith(site.district[:2]):
            paper.referred_from = self._referrer(form)
            paper.referral_date = form.first - days(self.rng.randint(0, 10))
            paper.referral_no = f"R{self.rng.randint(1000, 9999)}"

    def _referrer(self, form: Form) -> str:
        home = form.cover.person.district
        district = home if home.startswith(PROVINCE) else f"{PROVINCE}01"
        if form.cover.option == "RED" or (form.site.level == "PH" and self.rng.random() < 0.8):
            return f"{district}80"
        return "100190" if form.site.level == "CH" else f"{district}01"

    def _write_money(self, form: Form, paper: Fields) -> None:
        scheme, level = form.cover.scheme, form.site.level
        exempt = self.exempt_as(form)
        due = self.tariff.copayments.get((scheme, level, form.reason.care_type), 0)
        paper.exemption_claimed = exempt
        paper.copay_collected = 0 if exempt else due
        form.add_up()
        if not form.lines and form.method == "CASE":
            paper.claimed_total = self.tariff.rate(form.reason.group, scheme, level, form.first)

    def exempt_as(self, form: Form) -> str:
        """The category under which this patient pays no co-payment; empty where he pays."""
        if not self.tariff.schemes[form.cover.scheme]["exempt_categories"]:
            return ""
        person = form.cover.person
        return person.exempt or ("UNDER5" if person.age(form.first) < 5 else "")

    def _lines(self, form: Form) -> list[FormLine]:
        chance = self.rng.random()
        if form.method == "FEE":
            return self._usual_lines(form)
        if form.method == "CASE" and chance < 0.12:
            return self._usual_lines(form) + self._extra_lines(form)
        if chance < (0.3 if form.method == "CASE" else 0.12):
            return self._extra_lines(form)
        return []

    def _usual_lines(self, form: Form) -> list[FormLine]:
        uses = [use for use in form.reason.uses if self.fits(form, use.item)]
        others = self.rng.sample(uses[1:], min(len(uses[1:]), self.rng.randint(1, 4)))
        chosen = [use for use in uses if use is uses[0] or use in others]
        return [line for use in chosen if (line := self._used(form, use)) is not None]

    def _used(self, form: Form, use: Use) -> FormLine | None:
        return self.line(form, use.item, use.quantity(self.rng, max(1, (form.last - form.first).days)))

    def _extra_lines(self, form: Form) -> list[FormLine]:
        fitting = [item for item in _EXTRAS if self.fits(form, item)]
        return [line for item in self.rng.sample(fitting, min(1, len(fitting))) if (line := self.line(form, item, 1))]

    def fits(self, form: Form, item: str) -> bool:
        """Whether the item may be given to this patient on such a visit at this facility."""
        row, person = self.tariff.items[item], form.cover.person
        age = person.age(form.first)
        return (
            self.tariff.price(item, form.cover.scheme, form.site.level, form.first) is not None
            and (not row["care_types"] or form.reason.care_type in row["care_types"].split(";"))
            and row["sex"] in ("", person.sex)
            and int(row["age_min"] or 0) <= age <= int(row["age_max"] or 200)
        )
