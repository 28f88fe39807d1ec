"""The user's own settings, and putting them to use."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from claims_desk.domain.messages import ENGLISH, LAO, current_language, say
from claims_desk.domain.money import use_separator
from claims_desk.ui import theme
from claims_desk.ui.settings import LONGEST_LOCK, Settings
from claims_desk.ui.sounds import sounds
from claims_desk.ui.speech import switch_language
from claims_desk.ui.widgets import Choice, ChoiceEdit, Field, FieldGrid, HouseDialog, NumberEdit, TextEdit

TEXT_SIZES = (
    Choice("normal", "", say("normal")),
    Choice("large", "", say("large")),
    Choice("largest", "", say("largest")),
)
CONTRASTS = (Choice("normal", "", say("as usual")), Choice("high", "", say("high")))
SOUNDS = (Choice(False, "", say("off")), Choice(True, "", say("on")))
SEPARATORS = (Choice(".", "", say("dot: 1.234.567")), Choice(",", "", say("comma: 1,234,567")))


class SettingsDialog(HouseDialog):
    """Asks how the window looks, locks and sounds; writes it into `settings` on going on."""

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        super().__init__(parent, say("My settings"), say("Keep"))
        self._settings = settings
        self.language = ChoiceEdit([Choice(LAO, "", "ລາວ"), Choice(ENGLISH, "", "English")], must_choose=True)
        self.separator = ChoiceEdit(SEPARATORS, must_choose=True)
        self.text_size = ChoiceEdit(TEXT_SIZES, must_choose=True)
        self.contrast = ChoiceEdit(CONTRASTS, must_choose=True)
        self.lock = NumberEdit(lowest=1, highest=LONGEST_LOCK)
        self.language.set_value(current_language())
        self.separator.set_value(settings.separator)
        self.text_size.set_value(settings.text_size)
        self.contrast.set_value(settings.contrast)
        self.lock.set_value(settings.lock_minutes)
        self.sound = ChoiceEdit(SOUNDS, must_choose=True)
        self.sound.set_value(settings.sound)
        self.scan_folder = TextEdit()
        self.scan_folder.set_value(settings.scan_folder or None)
        self.grid = FieldGrid()
        self._lay_out()
        self.language.setFocus()

    def _lay_out(self) -> None:
        self.grid.add_row(
            Field(say("Language"), self.language, grows=1, help_text=say("The language of the window and of papers.")),
            Field(
                say("Kip is grouped by"),
                self.separator,
                grows=1,
                help_text=say("Only how kip are shown: both are read when typed."),
            ),
        )
        self.grid.add_row(
            Field(
                say("Size of the text"), self.text_size, grows=1, help_text=say("Of everything in the window, at once.")
            ),
            Field(
                say("Contrast"),
                self.contrast,
                grows=1,
                help_text=say("High: black on white and dark lines, for weak eyes or a bright room."),
            ),
        )
        lock_help = say("After so many minutes without a key or a click the window asks for your password.")
        self.grid.add_row(
            Field(say("Lock after minutes"), self.lock, required=True, grows=1, help_text=lock_help),
            Field(
                say("Sound"),
                self.sound,
                grows=1,
                help_text=say("On: one beep when something is done, two when it is refused or cannot be read."),
            ),
        )
        watched = say("What the scanner puts there waits beside the form in Key; Ctrl+J takes the next page.")
        hint = say("Where this PC's scanner puts its files; blank for none.")
        self.grid.add_row(Field(say("Scanner's folder"), self.scan_folder, grows=1, hint=hint, help_text=watched))
        self.body.addWidget(self.grid)

    def accept(self) -> None:
        """Write what was chosen, once it makes sense."""
        if self.grid.all_good():
            settings = self._settings
            settings.language = self.language.value() or settings.language
            settings.separator = self.separator.value() or settings.separator
            settings.text_size = self.text_size.value() or settings.text_size
            settings.contrast = self.contrast.value() or settings.contrast
            settings.scan_folder = self.scan_folder.value() or ""
            settings.sound = bool(self.sound.value())
            settings.lock_minutes = self.lock.value() or settings.lock_minutes
            super().accept()


def use_settings(settings: Settings) -> None:
    """Use language, separator, text size, contrast and sound from now on, in what stands on the screen too."""
    use_separator(settings.separator)
    sounds.are_on = settings.sound
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.dress(app, settings.text_size, settings.contrast)
    switch_language(settings.language)
