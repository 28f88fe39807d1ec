"""The Lao catalogue: what is refused before anybody sees it, and what is found missing or left over."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from check_texts import faults, said_in
from compile_texts import TextFault, compile_texts, read_texts

GOOD = 'msgid "Save {paid:kip}"\nmsgstr "ບັນທຶກ {paid:kip}"\n'


def area(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.po").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    with pytest.raises(TextFault) as caught:
        read_texts(folder)
    return caught.value.faults


def test_all_areas_become_one_catalogue(tmp_path: Path) -> None:
    area(tmp_path, "ui", GOOD)
    area(tmp_path, "rules", 'msgid "Claim"\nmsgstr "ຄຳຮ້ອງ"\n')
    with compile_texts(tmp_path).open("rb") as stream:
        catalogue = gettext.GNUTranslations(stream)
    assert catalogue.gettext("Save {paid:kip}") == "ບັນທຶກ {paid:kip}"
    assert catalogue.gettext("Claim") == "ຄຳຮ້ອງ"


def test_one_text_may_stand_in_two_areas_with_the_same_translation(tmp_path: Path) -> None:
    area(tmp_path, "ui", GOOD)
    area(tmp_path, "rules", GOOD)
    assert len(read_texts(tmp_path)) == 1


def test_two_translations_of_one_text_are_refused_also_within_one_file(tmp_path: Path) -> None:
    area(tmp_path, "ui", GOOD + "\n" + GOOD.replace("ບັນທຶກ", "ເກັບ"))
    assert told(tmp_path) == ["ui.po:4: 'Save {paid:kip}' is translated otherwise in ui.po:1"]


@pytest.mark.parametrize("lao", ["ບັນທຶກ", "ບັນທຶກ {paid}", "ບັນທຶກ {paid:kip} {day}", "ບັນທຶກ {paid:kip"])
def test_a_lost_or_invented_placeholder_is_refused(tmp_path: Path, lao: str) -> None:
    area(tmp_path, "ui", f'msgid "Save {{paid:kip}}"\nmsgstr "{lao}"\n')
    assert len(told(tmp_path)) == 1


def test_an_empty_and_an_unsure_translation_are_refused(tmp_path: Path) -> None:
    area(tmp_path, "ui", 'msgid "A"\nmsgstr ""\n\n#, fuzzy\nmsgid "B"\nmsgstr "ບ"\n')
    assert told(tmp_path) == ["ui.po:1: no translation for 'A'", "ui.po:5: marked fuzzy: 'B'"]


def test_a_refused_text_leaves_the_old_catalogue_as_it_is(tmp_path: Path) -> None:
    before = compile_texts(area(tmp_path, "ui", GOOD)).read_bytes()
    area(tmp_path, "ui", 'msgid "A"\nmsgstr ""\n')
    with pytest.raises(TextFault):
        compile_texts(tmp_path)
    assert (tmp_path / "claims_desk.mo").read_bytes() == before


def test_texts_are_found_where_they_are_said() -> None:
    source = 'say("One " "text", a=1)\ntr("Yes" if good else "No")\nself.tr("Qt\'s own")\n'
    assert list(said_in(source, "m.py")) == [("One text", "m.py:1"), ("Yes", "m.py:2"), ("No", "m.py:2")]


def test_missing_leftover_and_unfindable_texts_are_told() -> None:
    said = list(said_in('say("Known")\nsay("New")\nsay(variable)\n', "m.py"))
    assert faults(said, {"Known": "ui.po:1", "Old": "ui.po:5"}) == [
        "m.py:3: the text is not a literal",
        "m.py:2: no Lao translation for 'New'",
        "ui.po:5: nothing says 'Old'",
    ]
