"""What stands beside and below the form: whose newborn it is, and for what the price still waits."""

from __future__ import annotations

from tests.ui.key.conftest import Clerk


def newborn(clerk: Clerk, visit: str) -> str:
    """What the card says of a child born on 2/3/2026 on the number of Noy Keo."""
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi", "N-2", "ລູກ ນາງ ນ້ອຍ", "m")
    clerk.go_to("birth_date")
    clerk.type("2/3/2026")
    clerk.go_to("visit_from")
    clerk.type(visit)
    baby = clerk.pane.member._baby
    return baby.plain if baby.isVisible() else ""


def test_the_card_says_whose_newborn_it_is_how_old_and_what_counts_as_whose(clerk: Clerk) -> None:
    said = newborn(clerk, "10/3/2026")
    assert said.startswith("Read as a newborn of Noy Keo, born 2/3/2026: day 8 of 30 on her number.")
    assert "age, sex, limits used and claims are the child's own" in said


def test_the_day_of_life_follows_the_visit_and_the_mother_herself_is_no_newborn(clerk: Clerk) -> None:
    assert "day 31 of 30" in newborn(clerk, "2/4/2026")
    assert "M06" in clerk.codes()
    clerk.go_to("birth_date")
    clerk.type("3/2/1985")
    assert not clerk.pane.member._baby.isVisible()


def test_the_price_waits_in_silence_for_what_it_hangs_on_and_says_what_that_is(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    price = clerk.pane.price
    clerk.type("000412", "nhi", "N-1")
    assert price.steps.plain == "The price waits for: Care, First day"
    assert (price.payable.plain, price.decision.isVisible()) == ("–", False)
    clerk.go_to("care_type")
    clerk.type("delivery")
    assert price.steps.plain == "The price waits for: First day"
    clerk.type("10/3/2026")
    assert price.steps.plain == "The price waits for: Case group"
    clerk.go_to("case_group")
    clerk.type("n01")
    assert price.steps.plain.startswith("NHI, DELIVERY at DH: paid by case rate.")
    assert price.payable.plain == "450.000 kip"


def test_under_fee_the_price_waits_for_the_lines(clerk: Clerk) -> None:
    clerk.sit_down()
    clerk.open("bundle", clerk.receive())
    clerk.type("000412", "nhi", "N-1")
    clerk.go_to("care_type")
    clerk.type("opd", "10/3/2026")
    assert clerk.pane.price.steps.plain == "The price waits for: Lines of the form"
