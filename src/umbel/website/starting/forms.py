"""The forms of the set-up."""

from typing import TYPE_CHECKING, Any, ClassVar

from babel import Locale
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import User
from umbel.core.audience import Role
from umbel.core.codes import COUNTRIES
from umbel.core.crud.uploads import UploadField
from umbel.core.formatting import reading_language
from umbel.core.models import Confederation, MembershipCategory
from umbel.core.names import find_named
from umbel.core.palette import UnreadablePrimary, checked_primary
from umbel.governance.models import Body
from umbel.network.forms import PasswordForm
from umbel.network.models import Organisation
from umbel.website.starting.founding import found

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:  # Django's forms are generic for the type checker only.
    ModelForm = forms.ModelForm

LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv tr uk".split()
OLDEST, LATEST = 1990, 2100


def languages() -> list[tuple[str, str]]:
    """Return codes and names of the languages that a confederation can use, in the reader's language."""
    locale = Locale(reading_language())
    named = [(code, str(locale.languages[code])) for code in LANGUAGES]
    return sorted(((code, name[:1].upper() + name[1:]) for code, name in named), key=lambda pair: pair[1])


class NameForm(ModelForm):
    """Who the confederation is, where it sits, which languages it uses, which year it reports on."""

    leading = forms.ChoiceField(label=_("leading language"), choices=languages)
    others = forms.MultipleChoiceField(
        label=_("other languages"), choices=languages, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Confederation
        fields: ClassVar[list[str]] = [
            "name", "long_name", "street", "postcode", "city", "country", "website", "purpose", "reporting_year",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {"purpose": forms.Textarea(attrs={"rows": 2})}

    field_order = (*Meta.fields[:-1], "leading", "others", "reporting_year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leading, *others = self.instance.languages.split() or ["en"]
        self.initial.update({"leading": leading, "others": others})
        if self.instance.pk is None:
            self.initial["reporting_year"] = timezone.localdate().year
        year = self.fields["reporting_year"]
        year.validators += [MinValueValidator(OLDEST), MaxValueValidator(LATEST)]
        year.help_text = _("The year that the desk opens with. It can be changed each January.")
        country: Any = self.fields["country"]
        country.choices = [("", ""), *COUNTRIES()]
        self.fields["name"].help_text = _("As people say it, for example an acronym.")
        self.fields["purpose"].help_text = _("One or two sentences, for the public site.")

    def save(self, commit: bool = True) -> Confederation:  # noqa: ARG002 -- Django's signature
        leading = self.cleaned_data["leading"]
        self.instance.languages = " ".join(
            [leading, *(code for code in self.cleaned_data["others"] if code != leading)]
        )
        return found(self.instance)


class LookForm(ModelForm):
    """The logo and the two colours; a primary that text cannot have is refused with the nearest that it can."""

    proposal = ""

    class Meta:
        model = Confederation
        fields: ClassVar[list[str]] = ["logo", "primary_colour", "accent_colour"]
        field_classes: ClassVar[dict[str, Any]] = {"logo": UploadField}
        widgets: ClassVar[dict[str, Any]] = {
            "logo": forms.FileInput,
            "primary_colour": forms.TextInput(attrs={"data-colour": "primary", "spellcheck": "false"}),
            "accent_colour": forms.TextInput(attrs={"data-colour": "accent", "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        logo: Any = self.fields["logo"]
        logo.only_images = True
        logo.widget.attrs["accept"] = "image/png,image/jpeg,image/webp,image/gif"
        logo.help_text = _("PNG, JPEG, WebP or GIF; at least 400 pixels wide looks sharp in print.")
        self.fields["primary_colour"].help_text = _("For what can be done: links, buttons, the current place.")
        self.fields["accent_colour"].help_text = _("Used a few times a page, never for text.")

    def clean_primary_colour(self) -> str:
        colour: str = self.cleaned_data["primary_colour"]
        try:
            return checked_primary(colour)
        except UnreadablePrimary as refused:
            self.proposal = refused.nearest
            told = {"ratio": f"{refused.ratio:.1f}", "nearest": refused.nearest}
            message = gettext(
                "Text in this colour is hard to read on white: its contrast is %(ratio)s to 1, and 4.5 is needed. "
                "The nearest that passes is %(nearest)s."
            )
            raise ValidationError(message % told) from refused
        except ValueError:  # no colour at all, which the model's own rule refuses
            return colour


class StatutesForm(ModelForm):
    """What the statutes say about assemblies and mandates, and how figures are rounded."""

    mandate_years = forms.IntegerField(
        label=_("mandate of the Board"), required=False, min_value=1, max_value=20, help_text=_("In years.")
    )

    class Meta:
        model = Confederation
        fields: ClassVar[list[str]] = ["notice_days", "quorum_percent", "proxies_per_delegate", "rounding"]

    field_order = ("notice_days", "quorum_percent", "proxies_per_delegate", "mandate_years", "rounding")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = Body.objects.filter(kind=Body.Kind.BOARD).order_by("pk").first()
        self.initial["mandate_years"] = board and board.mandate_years
        self.fields["rounding"].help_text = _("One rule for every figure, on screen and in print.")

    def save(self, commit: bool = True) -> Confederation:
        own: Confederation = super().save(commit)
        Body.objects.get_or_create(
            kind=Body.Kind.ASSEMBLY, defaults={"key": "assembly", "name": gettext("General Assembly")}
        )
        board, _made = Body.objects.get_or_create(
            kind=Body.Kind.BOARD, defaults={"key": "board", "name": gettext("Board")}
        )
        board.mandate_years = self.cleaned_data["mandate_years"]
        board.save()
        return own


class PersonForm(forms.Form):
    """Whose the first account is."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail"), max_length=150, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class AdministratorForm(PersonForm, PasswordForm):
    """The first account."""

    field_order = ("name", "email", "password", "again")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("email"):
            try:
                validate_password(cleaned["password"], self.account())
            except ValidationError as weak:
                self.add_error("password", weak)
        return cleaned

    def account(self) -> User:
        """Return the administrator that the form describes, not saved."""
        told = self.cleaned_data
        user = User(email=told["email"], name=told.get("name", ""), role=Role.ADMINISTRATOR)
        user.set_password(told.get("password"))
        return user


class TestMailForm(forms.Form):
    """To whom a test message goes."""

    to = forms.EmailField(label=_("Send a test message to"), max_length=150)


class MemberForm(forms.Form):
    """A member in three words."""

    name = forms.CharField(label=_("name"), max_length=300)
    country = forms.ChoiceField(label=_("country"), required=False, choices=lambda: [("", ""), *COUNTRIES()])
    category = forms.ModelChoiceField(
        MembershipCategory.objects.all(), label=_("category"), required=False, empty_label=""
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if find_named(name, Organisation.objects.all()).exists():
            raise ValidationError(gettext("An organisation of this name is on record already."))
        return name
