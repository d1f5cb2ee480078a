"""What every record has in common: an audience, a name of its own, a date on which it happened."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import get_script_prefix
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from umbel.core.audience import Audience, is_in_audience, keeper_of, visible_rows
from umbel.core.codes import COUNTRIES
from umbel.core.dates import PartialDate, PartialDateField
from umbel.core.names import Alias, fold
from umbel.core.periods import Period
from umbel.core.prose.fields import LeadField, ProseField

WEB = URLValidator(schemes=["http", "https"])


def not_over(field: str, day: str) -> models.Q:
    """Return the condition that a row has not ended before an ISO day; an end in a year or month lasts it out."""
    return (
        models.Q(**{field: None})
        | models.Q(**{f"{field}__gte": day})
        | models.Q(**{f"{field}__in": (day[:4], day[:7])})
    )


def is_over(end: PartialDate | None, day: date) -> bool:
    """Tell whether something with that end is over on a day; an end in a year or month lasts it out."""
    return end is not None and end.last_day < day


def is_in_force(start: PartialDate | None, end: PartialDate | None, day: date) -> bool:
    """Tell whether something with these ends lasts on a day, as `in_force` does of rows; an end not known is none."""
    return (start is None or start.first_day <= day) and not is_over(end, day)


@cache
def shelf_of(kind: str) -> str:
    """Return the shelf of a kind of record by its label ("events.event"); "" where it has none."""
    return str(apps.get_model(kind).shelf)


def address(kind: str, handle: str) -> str:
    """Return the address of a record's page; written out, because exports name thousands of them.

    `kind` is the label of a model of records, `handle` what stands for the row: `/events/t50/`. Kinds without a shelf
    stand under `/records/`. Raises LookupError for a label that names no model.
    """
    shelf = shelf_of(kind)
    return get_script_prefix() + (f"{shelf}/{handle}/" if shelf else f"records/{kind}/{handle}/")


def naming(row: models.Model) -> dict[str, Any]:
    """Return the lookups that keep the rows whose generic key (`content_type`, `object_id`) names a record.

    A meeting is named as such or as the event that it is.
    """
    return {"content_type__in": names_of(type(row)), "object_id": row.pk}


def names_of(model: type[Any]) -> list[int]:
    """Return the numbers of the kinds as which generic keys may name rows of a model: its own, those above it."""
    return [ContentType.objects.get_for_model(kind).pk for kind in (model, *model._meta.get_parent_list())]


def filed_as(model: type[Any]) -> ContentType:
    """Return the kind of record as which generic keys name rows of a model: a meeting is the event at its address."""
    above = [parent for parent in model._meta.get_parent_list() if parent.shelf == model.shelf != ""]
    return ContentType.objects.get_for_model(above[-1] if above else model)


class RecordQuerySet(models.QuerySet[Any]):
    """Rows that a person may see, within a period, in force on a date."""

    def visible_to(self, user: Any) -> Self:
        """Keep the rows that are meant for the user; the set form of the `view` permission."""
        return self.filter(visible_rows(user, self.model))

    def within(self, period: Period) -> Self:
        """Keep the rows whose partial date lies inside the period; the model names its date in `date_path`."""
        return self.filter(**{f"{self.model.date_path}__within": period})

    def in_force(self, period: Period) -> Self:
        """Keep dated rows (`start`, `end`) in force on the day of the period's as-of instant.

        An unknown start means that the row began before records did, an unknown end that it has not ended.
        """
        day = period.on.isoformat()
        started = models.Q(start=None) | models.Q(start__lte=day)
        return self.filter(started, not_over("end", day))

    def overlapping(self, period: Period) -> Self:
        """Keep dated rows that were in force at any time of the period."""
        first, last = period.start.isoformat(), period.end.isoformat()
        begun = models.Q(start=None) | models.Q(start__lte=last)
        return self.filter(begun, not_over("end", first))


class Record(RulesModel):
    """A row that people work with: tracked by the change log, visible to its audience."""

    audience_path: ClassVar[str] = "audience"
    date_path: ClassVar[str] = "date"
    shelf: ClassVar[str] = ""
    """Where the site keeps the pages of this kind: "events" of `/events/t50/`."""
    searched: ClassVar[tuple[str, ...] | None] = None
    """The texts by which the search finds it beside its name: fields, `parts__field`; `None`: not found at all."""

    held_back_by: ClassVar[tuple[str, ...]] = ()
    """Fields that may keep a row from its audience for a while; such a model tells in `is_out` whether they do not."""

    translated: ClassVar[tuple[str, ...]] = ()
    """The texts that are told in several languages: names of fields."""

    kept_by: ClassVar[tuple[str, ...] | None] = None
    """The roles that keep it in the place of those that keep its app, beside those who keep everything."""

    lets_go: ClassVar[bool] = False
    """Whether the record that it names by a generic key may be deleted; it belongs to it again once that is back."""

    unlogged: ClassVar[tuple[str, ...]] = ()
    """Personal data that can be erased: fields whose values the change log does not keep."""

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def preprocess_rules_permissions(cls, perms: dict[str, Any]) -> None:
        """Unless a model says otherwise its audience sees it, and the roles that keep it, or else its app, keep it."""
        perms.setdefault("view", is_in_audience)
        for act in ("add", "change", "delete"):
            perms.setdefault(act, keeper_of(cls._meta.app_label, cls.kept_by))

    @property
    def handle(self) -> str:
        """What stands for the row in addresses and exports: its key, else its number."""
        return str(getattr(self, "key", "") or self.pk)

    def derived_facts(self) -> list[tuple[Any, Any]]:
        """Return what follows from other rows and is told on the record's page: labels and values."""
        return []

    def get_absolute_url(self) -> str:
        return address(self._meta.label_lower, self.handle)


class Part(Record):
    """A row that belongs to another one and is seen by whoever sees the whole."""

    class Meta:
        abstract = True


class Kept(Record):
    """A record with an audience of its own."""

    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.PUBLIC)

    class Meta:
        abstract = True


class Named(Kept):
    """A record that people call by its name."""

    searched: ClassVar[tuple[str, ...] | None] = ()

    key = models.SlugField(
        _("key"), max_length=80, unique=True, help_text=_("Short and lasting, for addresses and files.")
    )
    name = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    aliases = GenericRelation(Alias)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class ActQuerySet(RecordQuerySet):
    """Acts of a period, those of them in the year at a glance."""

    def listed(self) -> Self:
        """Keep what the editor shows in the year at a glance."""
        return self.filter(in_review=True)

    def about(self, topic: str) -> Self:
        """Keep the acts that serve the topic (policy file or campaign) with this key."""
        return self.filter(topics__key=topic)


class Act(Kept):
    """Something that happened: one row, recorded where the work was done."""

    searched: ClassVar[tuple[str, ...] | None] = ()
    translated: ClassVar[tuple[str, ...]] = ("title",)

    key = models.SlugField(
        _("key"), max_length=80, unique=True, help_text=_("Short and lasting, for addresses and files.")
    )
    title = models.CharField(_("title"), max_length=400)
    date = PartialDateField(
        _("date"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("A day, a month or a year: 11 December 2024, Oct 2024, 2024."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES, blank=True)
    has_page = models.BooleanField(
        _("has a page"), default=False, help_text=_("A page or document stands behind the entry.")
    )
    in_review = models.BooleanField(_("in the year at a glance"), default=True)
    review_note = models.CharField(_("why it is left out"), max_length=300, blank=True)
    topics = models.ManyToManyField("core.Topic", verbose_name=_("files and campaigns"), blank=True)

    objects: ClassVar[Any] = ActQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["date", "key"]

    def __str__(self) -> str:
        return self.title


class Told(models.Model):
    """What is told of a record beside its facts: a few lines that open its page, and a text."""

    lead = LeadField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences below the title, in lists and in search engines."),
    )
    text = ProseField(_("text"), blank=True)

    class Meta:
        abstract = True


class ToldAct(Told, Act):
    """An act that is told; `opens_on` is the day on which a worker makes it public (`opening.open_due`)."""

    searched: ClassVar[tuple[str, ...] | None] = ("lead", "text")
    translated: ClassVar[tuple[str, ...]] = ("title", "lead", "text")

    opens_on = PartialDateField(
        _("public from"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("On this day it is opened to everybody; until then it is for the audience chosen above."),
    )

    class Meta(Act.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.audience == Audience.PUBLIC:
            told = _("It is public already. Choose for whom it is until that day, or leave the day out.")
            raise ValidationError({"opens_on": told})


class Addressed(models.Model):
    """What can be read, heard or seen at an address outside this site."""

    address = models.CharField(_("address"), max_length=300, blank=True, validators=[WEB])

    class Meta:
        abstract = True


def seen_by(user: Any, kind: str, handles: Iterable[str]) -> set[str]:
    """Return those of the handles of a kind of record (its label) under which a user sees one; none of no record."""
    try:
        model: Any = apps.get_model(kind)
    except LookupError:
        return set()
    if not issubclass(model, Record):
        return set()
    rows = model._default_manager.visible_to(user).order_by()
    if any(field.name == "key" for field in model._meta.concrete_fields):
        return set(rows.filter(key__in=handles).values_list("key", flat=True))
    numbers = [int(handle) for handle in handles if handle.isdecimal() and len(handle) < 19]
    return {str(pk) for pk in rows.filter(pk__in=numbers).values_list("pk", flat=True)}
