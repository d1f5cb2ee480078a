"""What somebody chooses for themselves: language, mails, newsletters."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import User
from umbel.communication.models import MailPreference, Newsletter
from umbel.core.audience import Audience, audiences_of
from umbel.core.formatting import language_name
from umbel.core.languages import offered_languages

MAILS = {
    "mail_tasks": _("Once a week: what my organisation is asked for and what ends soon"),
    "mail_events": _("Two days before an event for which I am registered"),
    "mail_decisions": _("When the secretariat has decided on a change that I proposed"),
}
"""The mails that go out unless somebody says no, by their name in the preferences of an account."""


class PreferencesForm(forms.Form):
    """Language, mails and, for people of the network, the newsletters meant for members."""

    language = forms.ChoiceField(label=_("Language"))
    mails = forms.MultipleChoiceField(
        label=_("Mails"), choices=list(MAILS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    newsletters = forms.ModelMultipleChoiceField(
        label=_("Newsletters for members"),
        queryset=Newsletter.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        self.user, self.person = user, getattr(user, "person", None)
        super().__init__(data, initial=self._chosen())
        fields: dict[str, Any] = self.fields
        fields["language"].choices = [(code, capfirst(language_name(code, code))) for code in offered_languages()]
        if self.user.role or self.person is None:
            del fields["mails"]
        fields["newsletters"].queryset = self._offered()
        if not fields["newsletters"].queryset:
            del fields["newsletters"]

    def _offered(self) -> Any:
        if self.person is None or Audience.MEMBERS not in audiences_of(self.user):
            return Newsletter.objects.none()
        return Newsletter.objects.filter(readers=Newsletter.Readers.INTERNAL)

    def _chosen(self) -> dict[str, Any]:
        refused = MailPreference.objects.filter(person=self.person, is_wanted=False).values("newsletter")
        return {
            "language": self.user.language or offered_languages()[0],
            "mails": [name for name in MAILS if self.user.wants(name)],
            "newsletters": self._offered().exclude(pk__in=refused),
        }

    def save(self) -> None:
        """Keep what was chosen; a newsletter that is not chosen is refused until it is chosen again."""
        self.user.language = self.cleaned_data["language"]
        chosen = {name: name in self.cleaned_data["mails"] for name in MAILS if "mails" in self.fields}
        self.user.preferences = {**self.user.preferences, **chosen}
        self.user.save(update_fields=["language", "preferences"])
        for newsletter in self._offered() if "newsletters" in self.fields else ():
            is_wanted = newsletter in self.cleaned_data["newsletters"]
            MailPreference.objects.update_or_create(
                person=self.person, newsletter=newsletter, defaults={"is_wanted": is_wanted}
            )
