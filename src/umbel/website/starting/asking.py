"""The questions of the set-up for a terminal: those of the steps, held to the same rules by the same forms.

Answers are a dict by the name of the question, which is that of the option of `umbel init`; a list for a question
that takes several values. What is not answered is not in it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.text import capfirst

from umbel.core.audience import Role
from umbel.core.crud.uploads import limit
from umbel.network.models import Invitation
from umbel.website.starting import rows
from umbel.website.starting.forms import LookForm, NameForm, PersonForm, StatutesForm, TestMailForm
from umbel.website.starting.founding import usual_categories
from umbel.website.starting.steps import ADMINISTRATOR, LOOK, MAIL, NAME, STATUTES, WORDS

Answers = dict[str, Any]
FORMS: dict[str, Any] = {
    NAME: NameForm, LOOK: LookForm, STATUTES: StatutesForm, ADMINISTRATOR: PersonForm, MAIL: TestMailForm,
}  # fmt: skip
TABLES: dict[str, Any] = {"categories": rows.CATEGORIES, "types": rows.TYPES}


@dataclass(frozen=True)
class Question:
    """A question of a step, called after its option; `field` is its name in the form of the step."""

    name: str
    step: str
    field: str

    @property
    def label(self) -> str:
        table = TABLES.get(self.name)
        return capfirst(str(table.title if table else FORMS[self.step].base_fields[self.field].label))

    @property
    def is_list(self) -> bool:
        return self.name in TABLES

    @property
    def hint(self) -> str:
        """What helps to answer, with the words to choose from where they are few."""
        if self.is_list:
            return f"{TABLES[self.name].hint} Separate them with semicolons."
        field = _form(self.step, {}).fields[self.field]
        choices = [(value, label) for value, label in getattr(field, "choices", []) if value]
        if isinstance(field, forms.FileField):
            return f"The path of a file. {field.help_text}"
        told = [f"{value} ({label})" for value, label in choices] if len(choices) <= FEW else [CODES]
        return " ".join([str(field.help_text), *([f"{'; '.join(told)}."] if choices else [])]).strip()


FEW = 5
CODES = "A code, or the name in English"
RENAMED = {
    (NAME, "reporting_year"): "year", (ADMINISTRATOR, "email"): "administrator",
    (ADMINISTRATOR, "name"): "administrator_name", (MAIL, "to"): "test_mail",
}  # fmt: skip


def _questions(step: str, *fields: str) -> list[Question]:
    names = fields or FORMS[step].field_order or FORMS[step].base_fields
    return [Question(RENAMED.get((step, name), name), step, name) for name in names]


QUESTIONS = [
    *_questions(NAME),
    *_questions(LOOK),
    *(Question(name, WORDS, name) for name in TABLES),
    *_questions(STATUTES),
    *_questions(ADMINISTRATOR, "email", "name"),
]
TEST_MAIL = _questions(MAIL)[0]


def read(question: Question, text: str) -> Any:
    """Return what was typed as the form takes it: codes for the names of choices, a list where several may be given."""
    text = text.strip()
    if question.is_list:
        return [word.strip() for word in re.split(";" if ";" in text else ",", text) if word.strip()]
    field = _form(question.step, {}).fields[question.field]
    if isinstance(field, forms.MultipleChoiceField):
        return [_chosen(field, word) for word in re.split(r"[\s,;]+", text) if word]
    return _chosen(field, text) if isinstance(field, forms.ChoiceField) else text


def _chosen(field: Any, word: str) -> str:
    spelt = {str(name).casefold(): str(value) for value, label in field.choices for name in (label, value)}
    return spelt.get(word.casefold(), word)


def as_text(question: Question, answer: Any) -> str:
    """Return an answer as one would type it."""
    return answer if isinstance(answer, str) else ("; " if question.is_list else " ").join(answer)


def usual(question: Question, told: Answers) -> Any:
    """Return the answer that is taken where none is given, "" for none; it may follow from what was told before."""
    match question.name:
        case "long_name":
            return told.get("name", "")
        case "administrator_name":
            return told.get("administrator", "").split("@")[0]
        case "categories":
            return usual_categories()
        case "types":
            return []
    form = _form(question.step, {})
    value = form.get_initial_for_field(form.fields[question.field], question.field)
    return value if isinstance(value, list) else str(value or "")


def problems(question: Question, told: Answers) -> list[str]:
    """Return what is wrong with the answer to a question, in the words of its form."""
    if question.is_list:
        table = _table(question.name, told.get(question.name, []))
        table.is_valid()
        errors = [message for row in table.errors for messages in row.values() for message in messages]
        return [*map(str, table.non_form_errors()), *map(str, errors)]
    path = told.get("logo") if question.name == "logo" else None
    if path and not Path(path).expanduser().is_file():
        return [f"There is no file {path}."]
    return [str(message) for message in _form(question.step, told).errors.get(question.field, [])]


def _form(step: str, told: Answers, **more: Any) -> Any:
    """Return the form of a step, filled in."""
    asked = [*QUESTIONS, TEST_MAIL] if told else []
    data = {one.field: told[one.name] for one in asked if one.step == step and told.get(one.name)}
    files = {"logo": _opened(data.pop("logo"))} if "logo" in data else {}
    return FORMS[step](data, files, **more)


def _opened(path: str) -> SimpleUploadedFile | None:
    found = Path(path).expanduser()
    if not found.is_file():
        return None
    with found.open("rb") as file:
        return SimpleUploadedFile(found.name, file.read(limit() + 1))


def _table(name: str, words: list[str]) -> Any:
    """Return the table of the words of a step, filled in; none of them is on record yet."""
    typed = {f"{name}-{number}-name": word for number, word in enumerate(words)}
    data = {f"{name}-TOTAL_FORMS": len(words), f"{name}-INITIAL_FORMS": 0, **typed}
    return TABLES[name](data, prefix=name, queryset=TABLES[name].model.objects.none())


@transaction.atomic
def store(told: Answers, bring_in: Callable[[], object] = bool) -> Invitation:
    """Keep the answers as the steps in the browser do, and invite the administrator; all or nothing.

    `bring_in` is called before the logo is written: where it raises, no file is left either. Raises `ValidationError`
    for an answer that a form refuses, of which `problems` tells beforehand.
    """
    tables = [_table(name, told[name]) for name in TABLES]
    person, _look = _valid(_form(ADMINISTRATOR, told)), _valid(_form(LOOK, told))
    if all([table.is_valid() for table in tables]):
        rows.save_words(tables)
    own = _valid(_form(NAME, told)).save()
    _valid(_form(STATUTES, told, instance=own)).save()
    email, name = person.cleaned_data["email"], person.cleaned_data["name"]
    invitation: Invitation = Invitation.objects.create(email=email, name=name, role=Role.ADMINISTRATOR)
    bring_in()
    _valid(_form(LOOK, told, instance=own)).save()
    return invitation


def _valid(form: Any) -> Any:
    if form.is_valid():
        return form
    raise ValidationError([message for messages in form.errors.values() for message in messages])
