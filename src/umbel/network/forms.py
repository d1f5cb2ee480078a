"""Forms by which people are invited and accounts are kept."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import User
from umbel.core.audience import Audience
from umbel.core.crud.columns import capitalised
from umbel.core.crud.fields import DateField, PlainSelect
from umbel.core.dates import present_day
from umbel.core.models import MembershipCategory
from umbel.core.names import find_named
from umbel.network.models import Contact, EditRule, Invitation, Organisation, Person, Post, is_past
from umbel.network.models.people import WITHOUT_CONSENT
from umbel.network.rules import organisations_of, people_of, people_without_account

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:  # Django's forms are generic for the type checker only.
    ModelForm = forms.ModelForm

ALIKE = 5
FIRST_YEAR, LAST_YEAR = 1900, 2199
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


class ColleagueForm(forms.Form):
    """Somebody who works in an organisation and needs no account: name, post, how the secretariat reaches them.

    Who is called alike, or has this address, among those whom the user sees stands in `alike` and is confirmed to be
    somebody else: `is_other`.
    """

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it should stand in the directory."))
    title = forms.CharField(label=_("Post"), max_length=200, help_text=_("What they do in your organisation."))
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=300,
        required=False,
        help_text=_("The secretariat alone sees it; your colleague may show it to others once they have an account."),
    )
    is_other = forms.BooleanField(
        label=_("It is somebody else of that name: record them as new"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.organisation = user, organisation
        self.alike: list[Person] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen, name, email = Person.objects.visible_to(self.user), cleaned.get("name"), cleaned.get("email")
        if name and people_of([self.organisation]).filter(pk__in=find_named(name, seen).values("pk")).exists():
            self.add_error("name", _("Your organisation has somebody of this name on record already."))
        elif name:
            reached = Contact.objects.visible_to(self.user).emails().filter(value__iexact=email).values("person")
            named = Q(pk__in=find_named(name, seen).values("pk"))
            self.alike = list(seen.filter(named | Q(pk__in=reached) if email else named)[:ALIKE])
        if self.alike and not cleaned.get("is_other"):
            self.fields["is_other"].widget = forms.CheckboxInput()
            self.add_error("is_other", _("Somebody like them is on record: see above."))
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
        elif house := Organisation.objects.own().first():
            told = _("Comes with a post in %(house)s, unless you name another organisation, and ends with it.")
            self.fields["role"].help_text = told % {"house": house}

    def clean_person(self) -> Any:
        return self._named("person", Person.objects.filter(user=None))

    def clean_organisation(self) -> Any:
        return self._named("organisation", Organisation.objects.all())

    def clean(self) -> dict[str, Any]:
        """Give whoever gets a role a post in the confederation's own organisation, with which the role ends."""
        cleaned = super().clean() or {}
        if cleaned.get("role") and not cleaned.get("organisation") and "organisation" not in self.errors:
            cleaned["organisation"] = Organisation.objects.own().first()
        return cleaned

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


class OwnPostForm(ModelForm):
    """What an organisation says of the functions of its people."""

    end = DateField(
        label=_("until"),
        required=False,
        help_text=_("The last day. From the next day on the person no longer sees what is meant for members."),
    )

    class Meta:
        model = Post
        fields: ClassVar[list[str]] = ["title", "end"]

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last_day = self.instance.end if is_own else None

    def clean_end(self) -> Any:
        """Let nobody stay longer than was said of them."""
        end = self.cleaned_data["end"]
        if self.last_day and (end is None or end.last_day > self.last_day.last_day):
            raise ValidationError(_("Your post ends on the day that is on record; the secretariat can change that."))
        return end

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # -- Django's own hook, unknown to the type checker
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, error.messages)


class ContactForm(ModelForm):
    """One way to reach somebody; showing it to others is their consent, of the day on which they say so."""

    SHOWN_TO = (Audience.SECRETARIAT, Audience.MEMBERS, Audience.PUBLIC)

    class Meta:
        model = Contact
        fields: ClassVar[list[str]] = ["kind", "value", "audience"]
        widgets: ClassVar[dict[str, Any]] = {"kind": PlainSelect, "audience": PlainSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", ""), *capitalised(Contact.Kind.choices)]
        offered = dict.fromkeys((*self.SHOWN_TO, self.instance.audience))
        fields["audience"].choices = capitalised((value, Audience(value).label) for value in offered)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"audience", "value"} & set(self.changed_data):
            is_shown = cleaned.get("audience") not in (None, *WITHOUT_CONSENT)
            self.instance.consented_on = present_day() if is_shown else None
        return cleaned


ContactRows = forms.inlineformset_factory(
    Person, Contact, form=ContactForm, extra=1, max_num=12, can_delete_extra=False
)


class EditRulesForm(forms.Form):
    """How each field of its page is changed by an organisation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = EditRule.rules()
        for name, label in EditRule.FIELDS:
            choices = [choice for choice in EditRule.Rule.choices if EditRule(field=name, rule=choice[0]).is_possible]
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, initial=rules[name], widget=forms.RadioSelect
            )

    def save(self) -> None:
        """Keep what differs from the rules that fields came with."""
        for name in self.changed_data:
            EditRule.objects.update_or_create(field=name, defaults={"rule": self.cleaned_data[name]})


class CallForm(forms.Form):
    """Which fees are called: of a year, from the members on a day, so much for each category."""

    year = forms.IntegerField(label=_("year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    on = DateField(label=_("members on"), help_text=_("Whoever is a member on this day is called."))
    due_on = DateField(label=_("due on"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = present_day().year
        self.fields["on"].initial = present_day()
        for category in MembershipCategory.objects.visible_to(user):
            self.fields[f"amount-{category.pk}"] = _amount(category.name, category.yearly_fee)
        self.fields["amount-none"] = _amount(_("without a category"))

    @property
    def amounts(self) -> dict[int | None, Decimal]:
        """What is called by the number of the category; categories without an amount are left out."""
        told = {name.removeprefix("amount-"): value for name, value in self.cleaned_data.items()}
        asked = {key: value for key, value in told.items() if isinstance(value, Decimal)}
        return {None if key == "none" else int(key): value for key, value in asked.items()}


def _amount(label: Any, initial: Decimal | None = None) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, initial=initial, required=False, min_value=Decimal("0.01"), max_digits=10, decimal_places=2
    )


class PaidForm(forms.Form):
    """The day on which picked fees were paid."""

    paid_on = DateField(label=_("paid on"), initial=present_day, validators=[is_past])


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
