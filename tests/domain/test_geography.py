"""The places of the country, as shipped."""

from __future__ import annotations

from claims_desk.domain.geography import districts, districts_of, provinces, villages, villages_of


def test_the_country_has_18_provinces_148_districts_and_8916_villages() -> None:
    assert (len(provinces()), len(districts()), len(villages())) == (18, 148, 8916)


def test_every_village_lies_in_a_known_district_and_every_district_in_a_known_province() -> None:
    assert {village.district_code for village in villages().values()} == set(districts())
    assert {district.province_code for district in districts().values()} == set(provinces())


def test_vang_vieng_is_found_by_its_code_in_both_scripts() -> None:
    vang_vieng = districts()["1005"]
    assert vang_vieng.name.text("lo") == "ວັງວຽງ"
    assert vang_vieng.name.text("en") == "Vangviang"
    assert vang_vieng in districts_of("10")
    assert any(village.name.lao == "ນາທອງ" for village in villages_of("1005"))


def test_no_stored_name_holds_a_zero_width_space() -> None:
    assert not [village for village in villages().values() if "\u200b" in village.name.lao]


def test_the_villages_of_met_and_mun_lie_in_their_own_districts() -> None:
    assert villages()["1008010"].name.lao == "ເມືອງແມດ"
    assert villages()["1008010"].district_code == "1008"
    assert villages()["1012057"].district_code == "1011"
