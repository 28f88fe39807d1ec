"""The bar of price and buttons under the form."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from claims_desk.domain.codes import ClaimState, Decision, Method
from claims_desk.domain.judgement import Judgement
from claims_desk.domain.messages import say
from claims_desk.ui.key.price_bar import PriceBar

PRICED = Judgement(
    decision=Decision.ACCEPT, method=Method.FEE, allowed=80, copay_due=0, payable=80, lines=(), findings=(),
    explanation=(say("Eighty kip"),),
)  # fmt: skip


def nothing() -> None:
    """No deed."""


def test_in_a_low_window_the_amount_says_how_it_came_and_nothing_of_the_form_before(qtbot: QtBot) -> None:
    bar = PriceBar(nothing, nothing, nothing, nothing, nothing)
    qtbot.addWidget(bar)
    bar.stand(QBoxLayout.Direction.TopToBottom)
    bar.stand_close(True)
    bar.show_judgement(PRICED)
    assert bar.payable.toolTip() == "Eighty kip"
    bar.show_judgement(PRICED, False, (say("Scheme"),))
    assert bar.payable.toolTip() == "The price waits for: Scheme"
    bar.show_judgement(None)
    assert bar.payable.toolTip() == ""
    bar.show_judgement(PRICED)
    bar.show_kept(ClaimState.PAID)
    assert bar.payable.toolTip() == ""
