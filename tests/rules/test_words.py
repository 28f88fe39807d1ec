"""What findings say: the facts by name, so that a letter can be checked against the form."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from claims_desk.domain.codes import Level
from claims_desk.domain.facts import Coverage
from claims_desk.domain.judgement import Case, Finding
from claims_desk.domain.messages import ENGLISH, LANGUAGES, LAO, Message, Name, translate
from claims_desk.domain.money import format_kip
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.rules.engine import judge
from claims_desk.rules.naming import (
    ages,
    all_earlier_named,
    days_later,
    facility_named,
    levels_named,
    nearest,
    numbers_listed,
    span,
)
from tests.rules.scenes_newborn import baby
from tests.rules.scenes_past_money import GLASSES, SCAN
from tests.rules.scenes_place_illness import REFERRED
from tests.rules.test_scenes import SCENES
from tests.rules.world import (
    BIRTH,
    STAY,
    VISIT,
    VISIT_PAID_BY_ITEM,
    Scene,
    after,
    cover,
    earlier,
    had,
    line,
    of_member,
    under,
    with_claim,
    with_lines,
)

SPEAKING = [scene for scene in SCENES if scene.lines]


def said(case: Case, code: str) -> Finding:
    """The finding of that code."""
    return next(found for found in judge(case).findings if found.code == code)


@pytest.mark.parametrize(
    ("case", "code", "sentence", "field"),
    [
        (
            with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", price=25_000)),
            "T05",
            "OPC OPC: 25.000 is above the tariff of 20.000 kip for SASS at DH from 1/1/2025.",
            "unit_price",
        ),
        (
            under(STAY, cover(), others=[cover("SASS"), cover("CBHI")]),
            "M08",
            (
                "The patient is also covered by SASS Civil servants, number SASS-7000001, from 1/6/2025 on; "
                "it pays before NHI."
            ),
            "scheme",
        ),
        (
            under(STAY, cover(valid_to=date(2026, 3, 9))),
            "M02",
            "Member number NHI-7000001 is not covered on 10/3/2026; its nearest cover is from 1/6/2025 to 9/3/2026.",
            "visit_from",
        ),
        (
            with_claim(STAY, copay_collected=50_000),
            "P01",
            "DH1 Vangvieng collected 50.000 kip, due 30.000: 20.000 kip to give back.",
            "copay_collected",
        ),
        (with_claim(STAY, diagnosis_main=""), "A01", "The field is empty: main diagnosis.", "diagnosis_main"),
        (
            with_claim(STAY, received_date=date(2026, 6, 11)),
            "A04",
            "Received on 11/6/2026, 91 days after the visit ended on 12/3/2026; in time until 10/6/2026 (90 days).",
            "received_date",
        ),
        (
            with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", "1.5"), claimed_total=1),
            "A06",
            "Claimed are 1 kip; the lines (1) sum to 30.000: 29.999 too little.",
            "claimed_total",
        ),
        (
            with_lines(VISIT_PAID_BY_ITEM, line(1, "OPC", "0.5", 1), claimed_total=1),
            "A06",
            "Claimed are 1 kip; the lines (1) sum to 0.5.",
            "claimed_total",
        ),
        (
            after(SCAN, earlier(STAY, had("CTX", date(2026, 2, 9)), facility_code="PH1", form_no="10-2026-00412")),
            "L01",
            (
                "CTX CTX was given on 9/2/2026 at PH1 Phonhong, claim 10-2026-00412; next possible on 11/3/2026, "
                "after 30 days."
            ),
            "item_code",
        ),
        (
            after(GLASSES, earlier(STAY, had("GLASS"), visit_to=date(2026, 2, 4))),
            "L02",
            (
                "GLASS GLASS: 2 are allowed in a year; in 2026 1 were given before (claim H00000, DH1 Vangvieng, "
                "2/2/2026 to 4/2/2026). Cut from 1 to 0."
            ),
            "quantity",
        ),
        (
            with_claim(REFERRED, referral_date=date(2026, 2, 7)),
            "R03",
            "The referral from DH1 Vangvieng of 7/2/2026 held until 9/3/2026, 30 days; the visit was on 10/3/2026.",
            "referral_date",
        ),
        (
            baby(days=31),
            "M06",
            (
                "The child born on 7/2/2026 was 31 days old on 10/3/2026. A newborn is covered under the mother's "
                "number until 9/3/2026 (30 days); then it needs a number of its own."
            ),
            "member_no",
        ),
    ],
)
def test_a_finding_names_the_facts_and_the_field(case: Case, code: str, sentence: str, field: str) -> None:
    finding = said(case, code)
    assert (finding.message.text("en"), finding.field) == (sentence, field)
    assert finding.fix.template


def test_in_lao_the_names_are_lao() -> None:
    assert said(of_member(STAY, death_date=date(2026, 3, 9)), "M04").message.text(LAO) == (
        "ການປິ່ນປົວວັນທີ 10/3/2026 ຢູ່ຫຼັງວັນທີ 9/3/2026 ທີ່ ຄຳໃສ ວົງພະຈັນ ເສຍຊີວິດ."
    )
    assert "ຂັ້ນ: ໂຮງໝໍແຂວງ" in said(with_claim(STAY, facility_code="PH1"), "R01").message.text(LAO)


def test_what_is_to_be_done_about_a_child_is_not_what_is_said_of_an_adult() -> None:
    assert said(baby(days=31), "M06").fix.text(ENGLISH).startswith("Register the child")
    assert said(with_claim(STAY, birth_date=date(1970, 1, 1)), "M06").fix.text(ENGLISH).startswith("Check the member")


@pytest.mark.parametrize("scene", SPEAKING, ids=str)
def test_a_finding_says_each_of_its_facts_in_both_languages(scene: Scene) -> None:
    for found in judge(scene.case).findings:
        for language in LANGUAGES:
            for message in _messages_in(found.message):
                _assert_filled(message, language)


def _messages_in(message: Message) -> Iterator[Message]:
    yield message
    for value in message.values.values():
        if isinstance(value, Message):
            yield from _messages_in(value)


def _assert_filled(message: Message, language: str) -> None:
    text = message.text(language)
    assert "{" not in text
    named = {(name, spec) for _, name, spec, _ in string.Formatter().parse(message.template) if name}
    assert {name for name, _ in named} <= set(message.values)
    for name, spec in named:
        shown = _shown(message.values[name], spec or "", language)
        assert shown.strip() not in ("", "None"), name
        assert shown in text
    if message.values and language == LAO:
        assert translate(message.template, LAO) != message.template


def _shown(value: Any, spec: str, language: str) -> str:
    if isinstance(value, Message | Name):
        return value.text(language)
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return format_kip(value) if spec == "kip" else str(value)


# What a letter must name, by rule: earlier claims with number, facility and day; spans; amounts; what would be right.
FACTS = {
    "A04": "received last until",
    "A05": "form place day number",
    "M02": "number day span",
    "M03": "number member span",
    "M06": "written known",
    "M08": "scheme number span mine",
    "M10": "day starts began",
    "M11": "born age day limit",
    "F02": "place day span",
    "F03": "place scheme day",
    "F04": "scheme care place level day paid",
    "R01": "scheme levels place",
    "R02": "origin here wanted",
    "R03": "origin dated until day",
    "D04": "code wanted sex",
    "D05": "code wanted born age day",
    "T02": "item day span",
    "T04": "item scheme level day priced",
    "T05": "item asked price since",
    "T07": "item limit day asked left",
    "T10": "item wanted",
    "L01": "item last place form next",
    "L02": "item limit year used claims asked left",
    "L03": "before ceiling cut",
    "L04": "ceiling year used claims before after",
    "L06": "count month limit claims",
    "L07": "limit care year claims",
    "P01": "collected due back",
    "P04": "collected due missing",
    "X01": "claim",
    "X02": "first last claim",
    "X03": "claim",
    "X04": "day claim",
    "X05": "claim",
    "X06": "number claim",
}


@pytest.mark.parametrize("code", FACTS)
def test_a_rule_names_what_a_letter_must_name(code: str) -> None:
    sayings = [
        set(found.message.values)
        for scene in SPEAKING
        if scene.code == code
        for found in judge(scene.case).findings
        if found.code == code
    ]
    assert any(set(FACTS[code].split()) <= said for said in sayings)


def test_every_rule_but_those_of_one_fact_names_something() -> None:
    told = {found.code: found for scene in SPEAKING for found in judge(scene.case).findings if found.message.values}
    assert {rule.code for rule in CATALOGUE} - set(told) == {"A07", "A08"}


def test_earlier_claims_are_named_by_number_facility_and_days() -> None:
    stay = earlier(BIRTH, visit_to=date(2026, 2, 5), facility_code="PH1")
    assert str(all_earlier_named(STAY, [stay]).text(ENGLISH)) == "claim H00000, PH1 Phonhong, 2/2/2026 to 5/2/2026"
    unknown = earlier(VISIT_PAID_BY_ITEM, facility_code="", form_no="", visit_from=None)
    assert all_earlier_named(STAY, [unknown]).text(LAO) == "ຄຳຮ້ອງເລກທີ (ວ່າງ), (ວ່າງ), (ວ່າງ)"


def test_of_many_earlier_claims_the_last_three_are_named() -> None:
    many = [earlier(form_no=f"Z{n}") for n in range(5)]
    shown = all_earlier_named(STAY, many).text(ENGLISH)
    assert ("Z1" in shown, "Z2" in shown, "Z4" in shown) == (False, True, True)
    assert shown.endswith("and 2 more")


def test_a_long_list_of_lines_is_cut_and_counted() -> None:
    assert numbers_listed([1, 2]).text(ENGLISH) == "1, 2"
    assert numbers_listed(list(range(1, 5001))).text(ENGLISH).endswith(", 20 and 4980 more")


def test_spans_and_ages_have_open_ends() -> None:
    assert [span(first, last).text(ENGLISH) for first in (VISIT, None) for last in (VISIT, None)] == [
        "from 10/3/2026 to 10/3/2026",
        "from 10/3/2026 on",
        "until 10/3/2026",
        "always",
    ]
    assert [ages(low, high).text(ENGLISH) for low, high in ((0, 4), (18, None), (None, 4))] == [
        "0 to 4 years",
        "18 years and over",
        "up to 4 years",
    ]


def test_the_nearest_of_some_rows_holds_or_ended_last() -> None:
    def row(first: date, last: date | None) -> Coverage:
        return cover(valid_from=first, valid_to=last)

    old, gone = row(date(2020, 1, 1), date(2020, 12, 31)), row(date(2026, 1, 1), date(2026, 3, 1))
    coming = row(date(2026, 3, 20), None)
    assert nearest([old, gone, coming], VISIT) is gone
    assert nearest([old, gone, coming, row(VISIT, VISIT)], VISIT) == row(VISIT, VISIT)
    assert nearest([gone, coming], date(2026, 3, 11)) is coming
    assert nearest([], VISIT) is None


def test_a_day_beyond_the_calendar_is_its_last() -> None:
    assert days_later(VISIT, 30) == date(2026, 4, 9)
    assert days_later(VISIT, 10**12) == days_later(date.max, 1) == date.max


def test_unknown_facilities_and_no_levels_have_words_too() -> None:
    assert facility_named(STAY, "XX").text(LAO) == "XX"
    assert levels_named([Level.PH, Level.HC]).text(ENGLISH) == "Health centre, Provincial hospital"
    assert levels_named([]).text(ENGLISH) == "none"
