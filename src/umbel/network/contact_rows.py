"""The contact data of a person as rows of a form, which somebody else may change at the same time."""

from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from umbel.core.crud import editing
from umbel.core.crud.filters import number_in
from umbel.network.forms import ContactForm, ContactRows
from umbel.network.models import Contact, Person

PREFIX = ContactRows.get_default_prefix()
FIELDS = ("id", *ContactForm.Meta.fields, "DELETE")


class OwnContacts:
    """The rows that somebody sees and sends, and what others changed in them since (`differing`).

    A row that somebody else erased is shown again as one to be added, with what was typed into it.
    """

    def __init__(self, person: Person, sent: QueryDict) -> None:
        self.seen = sent.get("seen", "")
        self.erased = _erased(person, sent)
        self.rows: Any = ContactRows(_added_again(sent, self.erased) or None, instance=person)
        self.state: editing.State = {}
        for row in self.rows.initial_forms:
            self.state |= {f"{row.instance.pk}.{name}": digest for name, digest in editing.state_of(row).items()}
        self.differing = self._differing()

    @property
    def seen_next(self) -> str:
        return editing.seen_by(self.seen, self.state, self.differing)

    def _differing(self) -> list[editing.Difference]:
        found = [editing.Difference(_kind(row), _("erased"), row["value"]) for row in self.erased]
        if not self.rows.is_valid():
            return found
        changed = editing.changed_since(self.seen, self.state)
        for row in self.rows.initial_forms:
            names = [name for name in row.fields if f"{row.instance.pk}.{name}" in changed]
            found += editing.differences(names, row)
        return found


def _kind(row: dict[str, str]) -> str:
    return str(capfirst(str(dict(Contact.Kind.choices).get(row["kind"], _("contact")))))


def _sent(sent: QueryDict, which: str) -> list[dict[str, str]]:
    """Return what was typed into the rows of a form: those that it was made with (`INITIAL`), or all (`TOTAL`)."""
    many = min(number_in(sent.get(f"{PREFIX}-{which}_FORMS", "")) or 0, ContactRows.absolute_max)
    return [{name: sent.get(f"{PREFIX}-{place}-{name}", "") for name in FIELDS} for place in range(many)]


def _erased(person: Person, sent: QueryDict) -> list[dict[str, str]]:
    """Return the rows of a form that are on record no longer; those that it would erase as well are no matter."""
    stored = {str(number) for number in person.contacts.values_list("pk", flat=True)} if sent else set()
    return [row for row in _sent(sent, "INITIAL") if row["id"] not in stored and not row["DELETE"]]


def _added_again(sent: QueryDict, erased: list[dict[str, str]]) -> QueryDict:
    """Return what was sent with the rows that are gone as rows to be added."""
    if not erased:
        return sent
    gone = [row["id"] for row in erased]
    kept = [row for row in _sent(sent, "INITIAL") if row["id"] not in gone]
    rows = [*kept, *(row | {"id": ""} for row in erased), *_sent(sent, "TOTAL")[len(_sent(sent, "INITIAL")) :]]
    told = QueryDict(mutable=True)
    told.update({f"{PREFIX}-INITIAL_FORMS": str(len(kept)), f"{PREFIX}-TOTAL_FORMS": str(len(rows))})
    for place, row in enumerate(rows):
        told.update({f"{PREFIX}-{place}-{name}": value for name, value in row.items() if value})
    return told
