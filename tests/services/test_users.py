from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.domain.errors import Refused, UserError
from claims_desk.models import User
from claims_desk.models.database import Database
from claims_desk.services import sign_in as signing
from claims_desk.services.users import add_user, change_roles, disable_user, enable_user, set_password, sign_in

PASSWORD = "Vang Vieng 2026"
KEYS = "river stone 44"


@pytest.fixture
def administrator(db: Database) -> Actor:
    return sign_in(db, "admin", PASSWORD)


def test_a_user_signs_in_with_the_roles_he_was_given(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "  noy ", KEYS, [Role.CLERK, Role.SUPERVISOR])
    assert sign_in(db, "noy", KEYS).roles == {Role.CLERK, Role.SUPERVISOR}


def test_every_wrong_try_gets_the_same_answer(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "noy", KEYS, [Role.CLERK])
    add_user(db, administrator, "gone", KEYS, [Role.CLERK])
    disable_user(db, administrator, "gone")
    answers = set()
    for name, password in (("noy", "wrong"), ("nobody", KEYS), ("gone", KEYS), ("", "")):
        with pytest.raises(Refused) as refusal:
            sign_in(db, name, password)
        answers.add(str(refusal.value))
    assert len(answers) == 1


def test_five_wrong_tries_lock_the_name_for_a_while(
    db: Database, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_user(db, administrator, "noy", KEYS, [Role.CLERK])
    for _ in range(5):
        with pytest.raises(Refused):
            sign_in(db, "noy", "wrong")
    with pytest.raises(Refused):
        sign_in(db, "noy", KEYS)
    now = signing.utc_now()
    monkeypatch.setattr(signing, "utc_now", lambda: now + timedelta(minutes=6))
    assert sign_in(db, "noy", KEYS).name == "noy"


def test_four_wrong_tries_and_a_right_one_are_forgotten(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "noy", KEYS, [Role.CLERK])
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(Refused):
                sign_in(db, "noy", "wrong")
        assert sign_in(db, "noy", KEYS).name == "noy"


@pytest.mark.parametrize("poor", ["short", "1234567890", "aaaaaaaaaaaa", "qwertyuiop", "nopassword"])
def test_a_password_anybody_would_try_first_is_refused(db: Database, administrator: Actor, poor: str) -> None:
    with pytest.raises(UserError):
        add_user(db, administrator, "nopassword", poor, [Role.CLERK])


def test_a_password_may_be_typed_on_another_keyboard(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "noy", "ບ້ານນ້ຳໃສ້", [Role.CLERK])
    assert sign_in(db, "noy", "ບ້ານນໍ້າໃສ້".replace("ໍ້າ", "້ໍາ")).name == "noy"


def test_two_users_never_share_a_name(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "noy", KEYS, [Role.CLERK])
    with pytest.raises(UserError, match="already"):
        add_user(db, administrator, "noy", KEYS, [Role.CLERK])


@pytest.mark.parametrize(("first", "second"), [("keo", "KEO"), ("Keo", "kEo"), ("ນ້ຳຝົນ", "ນໍ້າຝົນ"), ("éva", "ÉVA")])
def test_a_name_that_differs_only_in_its_spelling_is_refused(
    db: Database, administrator: Actor, first: str, second: str
) -> None:
    add_user(db, administrator, first, KEYS, [Role.CLERK])
    with pytest.raises(UserError, match=f"a user {first} already, and {second} is the same name"):
        add_user(db, administrator, second, KEYS, [Role.CLERK])


def test_capital_letters_make_no_difference_at_signing_in(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "Keo", KEYS, [Role.CLERK])
    keo = sign_in(db, "KEO", KEYS)
    assert keo.name == "Keo"
    set_password(db, keo, "keo", "another stone 45")
    for _ in range(5):
        with pytest.raises(Refused):
            sign_in(db, "kEO", KEYS)
    with pytest.raises(Refused):
        sign_in(db, "Keo", "another stone 45")
    disable_user(db, administrator, "KEO")


@pytest.fixture
def doubles(db: Database, administrator: Actor) -> None:
    """Two who were added before names like these were refused."""
    add_user(db, administrator, "keo", KEYS, [Role.CLERK])
    add_user(db, administrator, "other", "other stone 46", [Role.SUPERVISOR])
    with db.session() as session:
        session.execute(update(User).where(User.name == "other").values(name="KEO"))
        session.commit()


@pytest.mark.usefixtures("doubles")
def test_of_two_who_differ_only_in_case_each_answers_to_his_own_spelling(db: Database) -> None:
    assert sign_in(db, "keo", KEYS).roles == {Role.CLERK}
    assert sign_in(db, "KEO", "other stone 46").roles == {Role.SUPERVISOR}
    for password in (KEYS, "other stone 46"):
        with pytest.raises(Refused):
            sign_in(db, "Keo", password)


@pytest.mark.usefixtures("doubles")
def test_of_two_who_differ_only_in_case_neither_sets_the_password_of_the_other(db: Database) -> None:
    with pytest.raises(Refused):
        set_password(db, sign_in(db, "keo", KEYS), "KEO", "taken over 47")
    assert sign_in(db, "KEO", "other stone 46")


def test_the_last_administrator_can_neither_go_nor_lose_the_role(db: Database, administrator: Actor) -> None:
    with pytest.raises(UserError, match="last administrator"):
        disable_user(db, administrator, "admin")
    with pytest.raises(UserError, match="last administrator"):
        change_roles(db, administrator, "admin", [Role.AUDITOR])
    add_user(db, administrator, "noy", KEYS, [Role.ADMINISTRATOR])
    disable_user(db, administrator, "admin")
    enable_user(db, sign_in(db, "noy", KEYS), "admin")
    assert sign_in(db, "admin", PASSWORD).name == "admin"


def test_a_user_changes_his_own_password_and_nobody_elses(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "noy", KEYS, [Role.CLERK])
    noy = sign_in(db, "noy", KEYS)
    set_password(db, noy, "noy", "another stone 45")
    assert sign_in(db, "noy", "another stone 45").name == "noy"
    with pytest.raises(Refused):
        set_password(db, noy, "admin", "another stone 45")


def test_only_an_administrator_changes_users(db: Database, administrator: Actor) -> None:
    add_user(db, administrator, "noy", KEYS, [Role.CLERK, Role.AUDITOR])
    with pytest.raises(Refused):
        add_user(db, sign_in(db, "noy", KEYS), "friend", KEYS, [Role.CLERK])
    change_roles(db, administrator, "noy", [Role.CLERK, Role.ADMINISTRATOR])
    assert sign_in(db, "noy", KEYS).roles == {Role.CLERK, Role.ADMINISTRATOR}


def test_a_window_left_open_does_nothing_more_once_its_user_is_disabled_or_lost_the_role(
    db: Database, administrator: Actor
) -> None:
    add_user(db, administrator, "noy", KEYS, [Role.ADMINISTRATOR])
    noy = sign_in(db, "noy", KEYS)
    change_roles(db, administrator, "noy", [Role.CLERK])
    with pytest.raises(Refused, match="administrator"):
        disable_user(db, noy, "admin")
    disable_user(db, administrator, "noy")
    with pytest.raises(Refused, match="disabled the user noy"):
        set_password(db, noy, "noy", KEYS + "!")
