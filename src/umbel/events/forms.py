"""The form by which organisations register people for an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.events.own import Colleague, Standing


class RegistrationForm(forms.Form):
    """Who comes, of those who work in one's organisations and are not on the list yet.

    Somebody who came on the list since the form was opened is no mistake: they stay there.
    """

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who comes?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person.")},
    )

    def __init__(self, data: Any = None, *, standing: Standing) -> None:
        super().__init__(data)
        self.standing = standing
        people: Any = self.fields["people"]
        people.choices = [(str(each.person.pk), self._told(each)) for each in standing.colleagues]
        free = {str(each.person.pk) for each in standing.free}
        people.widget.choices = [choice for choice in people.choices if choice[0] in free]

    def _told(self, each: Colleague) -> str:
        email = self.standing.emails.get(each.person.pk)
        where = each.organisation.name if len(self.standing.organisations) > 1 else ""
        told = [each.person.name, each.title, where, "" if email else _("no e-mail on record")]
        return " · ".join(filter(None, told))

    @property
    def chosen(self) -> list[Colleague]:
        numbers = set(self.cleaned_data["people"])
        return [each for each in self.standing.colleagues if str(each.person.pk) in numbers]
