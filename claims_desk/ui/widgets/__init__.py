"""The house vocabulary of the window; panes import their parts from here."""

from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets.badge import BadgeDelegate, StatusBadge, paint_badge
from claims_desk.ui.widgets.buttons import Button, PrimaryButton
from claims_desk.ui.widgets.cards import Card, EmptyState, PageHeader, Tile
from claims_desk.ui.widgets.check_box import CheckBox
from claims_desk.ui.widgets.choice_edit import ChoiceEdit, YesNoEdit
from claims_desk.ui.widgets.choices import Choice
from claims_desk.ui.widgets.code_edit import CodeEdit
from claims_desk.ui.widgets.date_edit import DateEdit
from claims_desk.ui.widgets.edit import Edit, Unreadable
from claims_desk.ui.widgets.field import Field
from claims_desk.ui.widgets.field_grid import FieldGrid
from claims_desk.ui.widgets.flow import FlowLayout
from claims_desk.ui.widgets.form_undo import FormUndo
from claims_desk.ui.widgets.help_note import HelpKey, HelpNote
from claims_desk.ui.widgets.hot_key import HotKey, key_words
from claims_desk.ui.widgets.labels import Rule, Words
from claims_desk.ui.widgets.listing import Listing
from claims_desk.ui.widgets.month_edit import MonthEdit
from claims_desk.ui.widgets.number_edit import MoneyEdit, NumberEdit
from claims_desk.ui.widgets.progress import show_progress
from claims_desk.ui.widgets.rows import PagedModel, RowsModel
from claims_desk.ui.widgets.search import SearchBox
from claims_desk.ui.widgets.segments import Segments
from claims_desk.ui.widgets.short_list import ShortList
from claims_desk.ui.widgets.strip import MessageStrip
from claims_desk.ui.widgets.table import Table
from claims_desk.ui.widgets.text_edit import PasswordEdit, TextEdit
from claims_desk.ui.widgets.totals import TotalsBar
from claims_desk.ui.widgets.words_dialog import HouseDialog, WordsDialog, ask_words, confirm

__all__ = [
    "BadgeDelegate",
    "Button",
    "Card",
    "CheckBox",
    "Choice",
    "ChoiceEdit",
    "CodeEdit",
    "DateEdit",
    "Edit",
    "EmptyState",
    "Field",
    "FieldGrid",
    "FlowLayout",
    "FormUndo",
    "HelpKey",
    "HelpNote",
    "HotKey",
    "HouseDialog",
    "Listing",
    "MessageStrip",
    "MoneyEdit",
    "MonthEdit",
    "NumberEdit",
    "PageHeader",
    "PagedModel",
    "PasswordEdit",
    "PrimaryButton",
    "RowsModel",
    "Rule",
    "SearchBox",
    "Segments",
    "ShortList",
    "StatusBadge",
    "Table",
    "TextEdit",
    "Tile",
    "Tone",
    "TotalsBar",
    "Unreadable",
    "Words",
    "WordsDialog",
    "YesNoEdit",
    "ask_words",
    "confirm",
    "key_words",
    "paint_badge",
    "show_progress",
]
