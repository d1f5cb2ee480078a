"""The tables of the set-up: words of the statutes, and members."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.forms import BaseFormSet, BaseModelFormSet, formset_factory, modelformset_factory
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from umbel.core.crud.forms import free_key
from umbel.core.models import EnterpriseType, MembershipCategory
from umbel.network.models import Membership, Organisation
from umbel.website.starting.forms import MemberForm

BLANK_MEMBERS = 3
MOST = 200


class WordRows(BaseModelFormSet[Any, Any]):
    """The words of a list in the order of the statutes; new ones come last."""

    model: Any
    title: Any = ""
    hint: Any = ""

    def save_all(self) -> None:
        """Save what was typed and remove what was ticked. Raises `ProtectedError` for a word that is in use."""
        last = self.model.objects.order_by("-order").values_list("order", flat=True).first() or 0
        added = [form for form in self.extra_forms if form.cleaned_data.get("name")]
        for order, form in enumerate(added, start=last + 1):
            form.instance.order = order
            form.instance.key = free_key(self.model, form.cleaned_data["name"])
        self.save()


class MemberRows(BaseFormSet[Any]):
    """Members typed in."""

    title: Any = _("Members")
    hint: Any = _("Name and country are enough to begin with.")

    def clean(self) -> None:
        names = [form.cleaned_data["name"].casefold() for form in self.forms if form.cleaned_data.get("name")]
        if len(names) != len(set(names)):
            raise ValidationError(gettext("Two rows have the same name."))

    def save_all(self) -> None:
        """Make an organisation and its membership of each row that was filled in."""
        for form in self.forms:
            if told := form.cleaned_data:
                organisation = Organisation.objects.create(
                    key=free_key(Organisation, told["name"]),
                    name=told["name"],
                    country=told["country"],
                    kind=Organisation.Kind.FEDERATION,
                )
                Membership.objects.create(organisation=organisation, category=told["category"])


def _words(model: Any, title: Any, hint: Any) -> type[WordRows]:
    made: Any = modelformset_factory(
        model, fields=["name"], formset=WordRows, extra=0, can_delete=True, max_num=MOST, validate_max=True
    )
    made.title, made.hint = title, hint
    return made  # type: ignore[no-any-return]  # -- made by Django


CATEGORIES = _words(
    MembershipCategory, _("Membership categories"), _("As the statutes name them. They can be renamed at any time.")
)
TYPES = _words(
    EnterpriseType,
    _("Types of enterprise"),
    _("If you represent enterprises of several types. Many confederations need none."),
)
MEMBERS: Any = formset_factory(MemberForm, formset=MemberRows, extra=BLANK_MEMBERS, max_num=MOST, validate_max=True)


def with_one_more(data: QueryDict, prefix: str) -> QueryDict:
    """Return what was typed with one more empty row in a table."""
    more = data.copy()
    name = f"{prefix}-TOTAL_FORMS"
    number = more.get(name, "")
    more[name] = str(min(int(number) if number.isdecimal() else 0, MOST) + 1)
    return more


def save_words(tables: list[WordRows]) -> bool:
    """Save tables together; return whether that was possible, with the reason beside the table where it was not."""
    for table in tables:
        try:
            with transaction.atomic():
                table.save_all()
        except ProtectedError:
            problem = gettext("A word that records use cannot be removed: rename it, or change those records first.")
            table.non_form_errors().append(problem)
            return False
    return True
