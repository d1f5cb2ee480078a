"""The form in which a member answers a round: a draft needs nothing, what is sent says something of every cell."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.collection import numbers
from umbel.collection.models import Indicator, Return, Value
from umbel.collection.questionnaire import Cell, Question, Questionnaire, number_of
from umbel.core.formatting import reading_language

EXAMPLES: dict[str, Decimal] = {Indicator.Kind.WHOLE: Decimal("1234"), Indicator.Kind.SHARE: Decimal("12.5")}
EXAMPLE = Decimal("1234.5")


class NumberField(forms.Field):
    """A number as the reader's language writes it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 40})

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def prepare_value(self, value: Any) -> Any:
        return numbers.write(value, reading_language()) if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Any:
        text, language = str(value or "").strip(), reading_language()
        if not text:
            return None
        try:
            found = numbers.read(text, language)
        except numbers.UnreadableError as error:
            example = numbers.write(EXAMPLES.get(self.kind, EXAMPLE), language)
            told = _("“%(value)s” cannot be read as a number. Write it like %(example)s.")
            raise ValidationError(told % {"value": text[:40], "example": example}) from error
        if self.kind == Indicator.Kind.WHOLE and not isinstance(found, int):
            raise ValidationError(_("This is asked in whole numbers."))
        if self.kind == Indicator.Kind.SHARE and not 0 <= found <= 100:
            raise ValidationError(_("A share lies between 0 and 100."))
        return found


class AnswerForm(forms.Form):
    """What a return says: of each cell a value, whether it is not available, and a note.

    With `is_sending` each cell has to say something, and a number that at least doubles or halves against the year
    before is confirmed in the box beside it. That box holds both numbers: it confirms those alone.
    """

    note = forms.CharField(
        label=gettext_lazy("note on the return"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What the secretariat has to know: other sources, estimates, a year that ends in June."),
    )

    def __init__(self, data: Any, *, asked: Questionnaire, is_sending: bool = False) -> None:
        super().__init__(data, label_suffix="", initial={"note": asked.answer.note})
        self.asked, self.is_sending = asked, is_sending
        self.told: dict[str, Any] = {}
        for cell in asked.cells:
            self._add(cell)

    def _add(self, cell: Cell) -> None:
        value, is_gap, note = (f"{part}-{cell.name}" for part in ("value", "gap", "note"))
        if cell.is_text:
            self.fields[value] = forms.CharField(required=False, max_length=500, label=cell.label)
        else:
            self.fields[value] = NumberField(required=False, kind=cell.indicator.kind, label=cell.label)
        told = {"cell": cell.label}
        self.fields[is_gap] = forms.BooleanField(required=False, label=_("%(cell)s: not available") % told)
        self.fields[note] = forms.CharField(required=False, max_length=300, label=_("%(cell)s: note") % told)
        self.initial[value] = cell.value.content if cell.value else None
        self.initial[is_gap] = bool(cell.value and cell.value.is_unavailable)
        self.initial[note] = cell.value.note if cell.value else ""

    def clean(self) -> dict[str, Any]:
        self.told = {**self.cleaned_data}
        for cell in self.asked.cells:
            name = f"value-{cell.name}"
            if name not in self.errors and (told := self._refusal(cell)):
                self.add_error(name, told)
        return self.cleaned_data

    def _refusal(self, cell: Cell) -> str:
        """Return what is wrong with a cell, "" where nothing is."""
        has_value = self.said(cell) not in (None, "")
        is_unavailable = self.told[f"gap-{cell.name}"]
        if has_value and is_unavailable:
            return _("Give a value, or say that it is not available; not both.")
        if self.is_sending and not has_value and not is_unavailable:
            return _("Give a value, or say that it is not available.")
        if self.is_sending and self.leap(cell) and not self.is_confirmed(cell):
            return _("This at least doubles or halves against the year before. Confirm it, or mend it.")
        return ""

    def said(self, cell: Cell) -> Any:
        """Return what the form says of a cell: what was sent, else what is on record."""
        return self._said(f"value-{cell.name}")

    def _said(self, name: str) -> Any:
        return self.told.get(name) if self.is_bound else self.initial[name]

    def leap(self, cell: Cell) -> str:
        """Return the two numbers of a cell that at least doubles or halves, as its box holds them; "" for others."""
        if cell.is_text:
            return ""
        now, before = self.said(cell), self._before(cell)
        return f"{before}>{now}" if numbers.leaps(before, now) else ""

    def _before(self, cell: Cell) -> Any:
        """Return the number of the year before: as the form says it, of its first year as an earlier round did."""
        name = f"value-{cell.asked.pk}-{cell.year - 1}"
        return self._said(name) if name in self.fields else number_of(cell.year_before)

    def is_confirmed(self, cell: Cell) -> bool:
        """Tell whether the leap of a cell is one that somebody has confirmed."""
        if self.is_bound:
            return bool(self.data.get(f"leap-{cell.name}") == self.leap(cell) != "")
        return bool(cell.value and cell.value.is_confirmed)

    @property
    def rows(self) -> Iterator[tuple[Question, list[dict[str, Any]]]]:
        """The questions, each with its cells as the page shows them."""
        for question in self.asked.questions:
            yield question, [self._shown(cell) for cell in question.cells]

    def _shown(self, cell: Cell) -> dict[str, Any]:
        before = self._before(cell) if self.leap(cell) else None
        return {
            "cell": cell,
            "value": self[f"value-{cell.name}"],
            "gap": self[f"gap-{cell.name}"],
            "note": self[f"note-{cell.name}"],
            "leap": self.leap(cell),
            "before": numbers.write(before, reading_language()) if before is not None else "",
            "is_confirmed": self.is_confirmed(cell),
        }

    @property
    def told_errors(self) -> list[tuple[str, str, str]]:
        """What is wrong, as `desk/_errors.html` lists it: the place, what it is called, the words."""
        return [
            (self[name].id_for_label, str(self[name].label), " ".join(map(str, told)))
            for name in self.fields
            if (told := self.errors.get(name))
        ]

    def save(self, by: Any) -> Return:
        """Keep what the form says, and hand the return to the secretariat where that is asked; return it."""
        answer = self.asked.answer
        answer.note = self.cleaned_data["note"]
        if self.is_sending:
            answer.send(by)
        elif answer.pk is None or "note" in self.changed_data:
            answer.save()
        for cell in self.asked.cells:
            self._keep(cell, answer)
        return answer

    def _keep(self, cell: Cell, answer: Return) -> None:
        content, note = self.said(cell), self.cleaned_data[f"note-{cell.name}"]
        told = {
            "number": None if cell.is_text else content,
            "text": content or "" if cell.is_text else "",
            "is_unavailable": self.cleaned_data[f"gap-{cell.name}"],
            "is_confirmed": self.is_confirmed(cell),
            "note": note,
        }
        row = cell.value or Value(of_return=answer, asked=cell.asked, year=cell.year)
        if not any((content not in (None, ""), told["is_unavailable"], note)):
            if row.pk:
                row.delete()
            return
        if row.pk is None or any(getattr(row, name) != new for name, new in told.items()):
            for name, new in told.items():
                setattr(row, name, new)
            row.save()
