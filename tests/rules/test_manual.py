"""The manual in docs is the one the rules make."""

from __future__ import annotations

from claims_desk.domain.messages import LAO, translate
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.rules.manual import MANUAL, manual


def test_the_manual_in_docs_is_current() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run `python -m claims_desk.rules.manual`"


def test_every_rule_has_its_page_in_both_languages() -> None:
    text = manual()
    for rule in CATALOGUE:
        assert f"### {rule.code} · {rule.title.template} / {translate(rule.title.template, LAO)}" in text
        assert translate(rule.page.what.template, LAO) in text
