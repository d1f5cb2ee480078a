"""People, the posts they hold, and how they can be reached."""

from datetime import date
from typing import Any, ClassVar, Self

import rules
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import User
from umbel.core.audience import Audience, is_in_audience, visible_rows
from umbel.core.constraints import in_order, once
from umbel.core.dates import PartialDateField, present_day
from umbel.core.models import Kept, Named, Part, RecordQuerySet
from umbel.core.records import not_over
from umbel.network.models.organisations import Organisation


class PersonQuerySet(RecordQuerySet):
    """People by their work in the secretariat."""

    def gone(self, day: date) -> Self:
        """Keep those who held posts in the confederation's own organisation, all over on a day."""
        own = Post.objects.own()
        going = own.filter(not_over("end", day.isoformat()))
        return self.filter(pk__in=own.values("person")).exclude(pk__in=going.values("person"))


class Person(Named):
    """Somebody with a function in the network: the name, and beside it what they agreed to (`Contact`)."""

    shelf = "people"
    searched = ("posts__title",)

    user = models.OneToOneField(User, verbose_name=_("user"), null=True, blank=True, on_delete=models.SET_NULL)

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")


class PostQuerySet(RecordQuerySet):
    """Posts by organisation and kind."""

    def own(self) -> Self:
        return self.filter(organisation__kind=Organisation.Kind.SELF)

    def told_to(self, user: Any) -> Self:
        """Keep those that a user sees, and the user's own even where nobody outside the secretariat sees them."""
        return self.filter(visible_rows(user, self.model) | models.Q(person__user=user))

    def staff(self) -> Self:
        return self.own().filter(kind=Post.Kind.STAFF)

    def interns(self) -> Self:
        return self.own().filter(kind=Post.Kind.INTERN)


class Post(Part):
    """A function that a person holds in an organisation for a time."""

    audience_path = "person__audience"
    translated = ("title", "note")

    class Kind(models.TextChoices):
        STAFF = "staff", _("staff")
        INTERN = "intern", _("intern")
        OFFICE = "office", _("public office")
        REPRESENTATIVE = "representative", _("representative")

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="posts"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    party = models.CharField(_("political group"), max_length=50, blank=True)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        ordering = ["order", "person__name"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            *once("post_once", "person", "organisation", "title", optional="start"),
            in_order("post_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"


WITHOUT_CONSENT = (Audience.SECRETARIAT, Audience.ADMINISTRATOR)
"""Whom a contact may be shown to before its person has agreed to anything."""


@rules.predicate
def is_of_somebody_seen(user: Any, contact: Any) -> bool:
    """Contact data go no further than the person themselves."""
    return contact is None or is_in_audience(user, contact.person)


class ContactQuerySet(RecordQuerySet):
    """Ways to reach people, by kind."""

    def visible_to(self, user: Any) -> Self:
        """Keep what is meant for a user, of people whom they see."""
        return super().visible_to(user).filter(visible_rows(user, Person, "person"))

    def emails(self) -> Self:
        return self.filter(kind=Contact.Kind.EMAIL)


class Contact(Kept):
    """A way to reach a person: shown to whom they agreed to, and erased some time after their last function."""

    unlogged = ("value",)

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("telephone")
        ADDRESS = "address", _("postal address")
        SITE = "site", _("web page")

    VALIDATORS: ClassVar[dict[str, Any]] = {
        Kind.EMAIL: EmailValidator(),
        Kind.PHONE: RegexValidator(r"^\+?[0-9 ()/.-]{5,}$", _("A telephone number has digits: +32 2 543 10 33.")),
        Kind.SITE: URLValidator(schemes=["http", "https"]),
    }

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    value = models.CharField(_("address or number"), max_length=300)
    audience = models.CharField(_("shown to"), max_length=16, choices=Audience, default=Audience.SECRETARIAT)
    consented_on = PartialDateField(
        _("agreed on"),
        null=True,
        blank=True,
        help_text=_("When the person agreed that others than the secretariat see it."),
    )
    recorded_on = PartialDateField(_("on record since"), default=present_day, editable=False)

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["person", "kind", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        rules_permissions: ClassVar[dict[str, Any]] = {"view": is_in_audience & is_of_somebody_seen}
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="contact_once"),
            models.CheckConstraint(
                condition=models.Q(audience__in=("secretariat", "administrator"))
                | models.Q(consented_on__isnull=False),
                name="contact_shown_with_consent",
                violation_error_message=_("Say when the person agreed: without that only the secretariat sees it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"

    def clean(self) -> None:
        validate = self.VALIDATORS.get(self.kind)
        if validate and self.value:
            try:
                validate(self.value)
            except ValidationError as error:
                raise ValidationError({"value": error}) from error
