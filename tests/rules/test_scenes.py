"""Every rule in scenes: where it speaks, where it is silent, and on both sides of its border."""

from __future__ import annotations

import pytest

from claims_desk.rules.catalogue import CATALOGUE
from tests.rules.scenes_form_member import FORM, MEMBERSHIP
from tests.rules.scenes_lines import LINES
from tests.rules.scenes_newborn import NEWBORN, RANKS, SWITCH
from tests.rules.scenes_past_money import DOUBLES, LIMITS, MONEY
from tests.rules.scenes_place_illness import DIAGNOSIS, FACILITY, REFERRAL
from tests.rules.world import BIRTH, CAPITATED, STAY, VISIT_PAID_BY_ITEM, Case, Scene, codes, lines_told

SCENES = [
    *FORM,
    *MEMBERSHIP,
    *FACILITY,
    *REFERRAL,
    *DIAGNOSIS,
    *LINES,
    *LIMITS,
    *MONEY,
    *DOUBLES,
    *NEWBORN,
    *SWITCH,
    *RANKS,
]


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_rule_speaks_of_what_it_should_and_of_nothing_else(scene: Scene) -> None:
    assert lines_told(scene) == scene.lines


@pytest.mark.parametrize("case", [STAY, VISIT_PAID_BY_ITEM, CAPITATED, BIRTH])
def test_nothing_is_said_of_a_clean_claim(case: Case) -> None:
    assert codes(case) == []


@pytest.mark.parametrize("code", [rule.code for rule in CATALOGUE])
def test_each_rule_has_a_scene_it_speaks_in_and_two_it_is_silent_in(code: str) -> None:
    mine = [bool(scene.lines) for scene in SCENES if scene.code == code]
    assert mine.count(True) >= 1
    assert mine.count(False) >= 2


@pytest.mark.parametrize("code", [rule.code for rule in CATALOGUE])
def test_each_rule_is_tried_on_both_sides_of_its_border(code: str) -> None:
    assert {bool(scene.lines) for scene in SCENES if scene.code == code and scene.border} == {True, False}
