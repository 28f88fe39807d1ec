"""The window before anybody has signed in: first run, upgrade, sign-in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from claims_desk.domain.actor import Actor
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import ENGLISH, LAO, current_language, say
from claims_desk.models.database import Database
from claims_desk.services.office import set_up_office
from claims_desk.services.opening import Opened, open_office, own_database_url, shown_name
from claims_desk.services.schema import Standing, upgrade
from claims_desk.ui import background
from claims_desk.ui.desk import Desk
from claims_desk.ui.first_run import SetUpPage, StartPage, WherePage
from claims_desk.ui.one_window import OneWindow
from claims_desk.ui.settings import Settings, save_settings
from claims_desk.ui.sign_in import SignInPage
from claims_desk.ui.speech import Spoken, switch_language
from claims_desk.ui.widgets import Button, Choice, ChoiceEdit, Field, HelpKey, PrimaryButton, Words

WIDTH = 520


class UpgradePage(StartPage):
    """Offers to upgrade a database of an older program."""

    asked = Signal()
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            say("Upgrade"),
            say("The database was made by an older Claims Desk. A copy is taken before it is upgraded."),
        )
        other = Button(say("Another database"), "Esc", self.other_asked.emit, "link")
        self.go_on_with(PrimaryButton(say("Upgrade"), "", self.asked.emit), other)


class StartWindow(QMainWindow):
    """Leads to a signed-in desk; `ready` carries it, `demo_asked` wants the invented office instead."""

    ready = Signal(object)
    demo_asked = Signal()

    def __init__(self, settings: Settings, url: str = "") -> None:
        super().__init__()
        self.settings = settings
        self._url = url
        self._opened: Opened | None = None
        self._opened_url = ""
        self._file = OneWindow()
        self.where, self.set_up, self.upgrade = WherePage(), SetUpPage(), UpgradePage()
        self.sign_in = SignInPage()
        self._pages = QStackedWidget()
        self.language = ChoiceEdit([Choice(LAO, "", "ລາວ"), Choice(ENGLISH, "", "English")], must_choose=True)
        self.setWindowTitle("Claims Desk")
        self.resize(1000, 640)
        self._put_together()
        self._connect()

    def begin(self) -> None:
        """Open the database that is known, or ask where it is."""
        if not self._url and not self.settings.database and not _is_there(own_database_url()):
            self._turn(self.where)
        else:
            self.open(self._url or self.settings.database or own_database_url())

    def open(self, url: str) -> None:
        """Open the database at `url` in the background and go on from what stands in it."""
        self._url = url
        background.run(self, lambda: self._open_alone(url), self._go_on, self._not_opened)

    def _open_alone(self, url: str) -> Opened:
        opened = open_office(url)
        try:
            self._file.take(url)
        except UserError:
            opened.db.close()
            raise
        return opened

    def ask_who(self, db: Database, office: Spoken) -> None:
        """Ask who signs in to `db`, below the name of its office."""
        self.sign_in.begin(db, office, self._last_user())
        self._turn(self.sign_in)

    def leave(self) -> None:
        """Come back for the next user."""
        self.begin()
        self.show()

    def let_go(self) -> None:
        """Give the file free for another window, at the end of the program."""
        self._file.let_go()

    def _put_together(self) -> None:
        for page in (self.where, self.set_up, self.upgrade, self.sign_in):
            self._pages.addWidget(page)
        self._pages.setFixedWidth(WIDTH)
        head = QHBoxLayout()
        head.addWidget(Words("Claims Desk", "huge"), 1)
        head.addWidget(
            Field(say("Language"), self.language, width=10, help_text=say("The language of the window and of papers."))
        )
        centre = QWidget()
        centre.setProperty("ground", True)
        column = QVBoxLayout(centre)
        column.addStretch(1)
        middle = QVBoxLayout()
        middle.addLayout(head)
        middle.addWidget(self._pages)
        row = QHBoxLayout()
        row.addStretch()
        row.addLayout(middle)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(2)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(centre)
        self.setCentralWidget(scroll)
        QWidget.setTabOrder(self._pages, self.language)

    def _connect(self) -> None:
        self.language.set_value(current_language())
        self.language.typed.connect(self._switch_language)
        self.where.chosen.connect(self.open)
        self.where.demo_asked.connect(self.demo_asked)
        self.set_up.filled.connect(self._set_up)
        self.upgrade.asked.connect(self._upgrade)
        self.sign_in.signed_in.connect(self._signed_in)
        for page in (self.sign_in, self.set_up, self.upgrade):
            page.other_asked.connect(self._ask_where)
        self.where.back_asked.connect(self._go_back)
        HelpKey(self)

    def _go_on(self, opened: Opened) -> None:
        self._leave_database(opened)
        self._opened, self._opened_url = opened, self._url
        if opened.standing is Standing.OLDER:
            self._turn(self.upgrade)
        elif not opened.office:
            self._turn(self.set_up)
        else:
            self.ask_who(opened.db, shown_name(opened))

    def _last_user(self) -> str:
        """Who signed in last, where it was into this database."""
        settings = self.settings
        return settings.last_user if settings.database in ("", self._url) else ""

    def _leave_database(self, opened: Opened) -> None:
        """Let go of the database opened before, after what is still asked of it."""
        before = self._opened
        if before is not None and before.db is not opened.db:
            background.run(self, before.db.close, lambda _none: None)

    def _not_opened(self, problem: UserError) -> None:
        self._turn(self.where)
        self.where.strip.tell_refusal(problem)

    def _set_up(self, office: str, name: str, password: str) -> None:
        opened = self._opened
        if opened is not None:
            db = opened.db
            self._do(lambda: set_up_office(db, office=office, administrator=name, password=password), self.set_up)

    def _upgrade(self) -> None:
        if self._opened is not None:
            db = self._opened.db
            self._do(lambda: upgrade(db), self.upgrade)

    def _do(self, deed: Callable[[], object], page: StartPage) -> None:
        left = self.focusWidget()
        page.setEnabled(False)

        def done(_: object) -> None:
            page.setEnabled(True)
            self.open(self._url)

        def refused(problem: UserError) -> None:
            page.setEnabled(True)
            page.strip.tell_refusal(problem)
            if left is not None:
                left.setFocus()

        background.run(self, deed, done, refused)

    def _signed_in(self, actor: Actor) -> None:
        assert self._opened is not None
        settings = self.settings
        settings.last_user = actor.name
        settings.database = self._url
        background.run(self, lambda: save_settings(settings), lambda _: None)
        self.ready.emit(Desk(self._opened.db, actor, settings, shown_name(self._opened)))

    def _switch_language(self) -> None:
        language = self.language.value()
        if language is not None:
            self.settings.language = language
            switch_language(language)

    def _ask_where(self) -> None:
        self.sign_in.note.say("")
        self.where.strip.hide()
        self.where.back_button.setVisible(self._opened is not None)
        self._turn(self.where)

    def _go_back(self) -> None:
        """To the database that was open, as it stands now."""
        self.open(self._opened_url)

    def _turn(self, page: StartPage | SignInPage) -> None:
        self._pages.setCurrentWidget(page)
        page.go_to_first_empty()


def _is_there(url: str) -> bool:
    return Path(url.removeprefix("sqlite:///")).exists()
