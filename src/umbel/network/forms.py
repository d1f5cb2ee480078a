"""Forms by which people are invited and accounts are kept."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import User
from umbel.core.names import find_named
from umbel.network.models import Invitation, Organisation, Person
from umbel.network.rules import organisations_of, people_without_account

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:  # Django's forms are generic for the type checker only.
    ModelForm = forms.ModelForm

SEVERAL = _("Several on record have this name.")
NOBODY = {
    "person": _("Nobody without an account has this name."),
    "organisation": _("No organisation on record has this name."),
}


class InvitationForm(ModelForm):
    """What every invitation says: to whom it goes."""

    class Meta:
        model = Invitation
        fields: ClassVar[list[str]] = ["name", "email", "function"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email=email, is_active=False).exists():
            raise ValidationError(_("The account with this e-mail is closed. The administrator can open it again."))
        # Django leaves out a constraint whose condition names fields that the form does not have.
        if Invitation.objects.pending().filter(email=email).exists():
            raise ValidationError(_("An invitation to this e-mail is open: send it again, or withdraw it."))
        return email


class OwnPeopleForm(InvitationForm):
    """A representative invites people of their own organisation, who are on record there or come new."""

    field_order = ("organisation", "person", "name", "email", "function")

    class Meta(InvitationForm.Meta):
        fields: ClassVar[list[str]] = ["organisation", "person", "name", "email", "function"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = organisations_of(user)
        fields: dict[str, Any] = self.fields
        organisation, person = fields["organisation"], fields["person"]
        organisation.queryset = own
        organisation.required = True
        organisation.empty_label = None
        person.queryset = people_without_account(own)
        person.label = _("On record as")
        person.empty_label = _("somebody new")
        self.fields["name"].help_text = _("As it should stand in the directory.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person, organisation = cleaned.get("person"), cleaned.get("organisation")
        if person and organisation and not people_without_account([organisation]).filter(pk=person.pk).exists():
            self.add_error("person", _("This person holds no post in the organisation chosen."))
        return cleaned


class AnybodyForm(InvitationForm):
    """The secretariat invites anybody; who works in the secretariat is for the administrator to say."""

    person = forms.CharField(
        label=_("In the directory as"), required=False, help_text=_("The name of a person on record, if there is one.")
    )
    organisation = forms.CharField(
        label=_("Organisation"), required=False, help_text=_("Gets a post there, and the rights that come with it.")
    )

    field_order = ("name", "email", "person", "organisation", "function", "role")

    class Meta(InvitationForm.Meta):
        fields: ClassVar[list[str]] = ["name", "email", "function", "role"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_perm("accounts.change_user"):
            del self.fields["role"]

    def clean_person(self) -> Any:
        return self._named("person", Person.objects.filter(user=None))

    def clean_organisation(self) -> Any:
        return self._named("organisation", Organisation.objects.all())

    def _named(self, field: str, rows: Any) -> Any:
        """Return the one row of a name or alias, `None` where the field is empty."""
        if not (name := self.cleaned_data[field]):
            return None
        found = list(find_named(name, rows)[:2])
        if len(found) != 1:
            raise ValidationError(SEVERAL if found else NOBODY[field])
        return found[0]

    def save(self, commit: bool = True) -> Invitation:
        self.instance.person = self.cleaned_data["person"]
        self.instance.organisation = self.cleaned_data["organisation"]
        invitation: Invitation = super().save(commit)
        return invitation


class PasswordForm(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validators_help_text_html(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return cleaned


class AccountForm(ModelForm):
    """Who may sign in, and with which role; nobody changes the own role or shuts themselves out."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "role", "is_active"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance == by:
            for name in ("role", "is_active"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Another administrator can change this for you.")
