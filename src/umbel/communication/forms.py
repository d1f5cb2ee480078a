"""The form with which somebody asks for newsletters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from umbel.communication.models import Newsletter
from umbel.core.formatting import language_name, reading_language
from umbel.core.languages import offered_languages


class SubscriptionForm(forms.Form):
    """An address, a language, the newsletters wanted. The field `website` is a trap: people do not see it."""

    email = forms.EmailField(label=_("Your e-mail address"), max_length=200)
    newsletters = forms.ModelMultipleChoiceField(
        queryset=Newsletter.objects.none(), label=_("Newsletters"), widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language"))
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Newsletter.objects.visible_to(user).filter(readers=Newsletter.Readers.EXTERNAL)
        newsletters: Any = self.fields["newsletters"]
        newsletters.queryset = offered
        codes, reading = offered_languages(), reading_language()
        language: Any = self.fields["language"]
        language.choices = [(code, language_name(code, reading)) for code in codes]
        self.initial.setdefault("language", reading if reading in codes else codes[0])
        self.initial.setdefault("newsletters", list(offered))
        self.fields["email"].widget.attrs |= {"autocomplete": "email"}
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}

    def clean(self) -> dict[str, Any]:
        """Take all newsletters where there is only one to choose."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        offered: Any = self.fields["newsletters"]
        every = list(offered.queryset[:2])
        if len(every) == 1 and "newsletters" in self.errors:
            del self.errors["newsletters"]
            cleaned["newsletters"] = every
        return cleaned

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled in what people do not see."""
        return bool(self.data.get("website"))
