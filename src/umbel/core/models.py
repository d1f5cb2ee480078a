"""What belongs to the confederation as a whole: its name and colours, its words, its topics, numbers from outside."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.changelog import Change
from umbel.core.codes import COUNTRIES, GroupedField, is_iban
from umbel.core.crud.sending import Submission
from umbel.core.dates import PartialDateField
from umbel.core.imports.models import ImportJob, ImportMapping, ImportRow
from umbel.core.merging import Merge
from umbel.core.names import Alias
from umbel.core.outbox.models import Mail
from umbel.core.records import Act, ActQuerySet, Kept, Named, Part, Record, RecordQuerySet
from umbel.core.search.models import SearchEntry, Spelling
from umbel.core.translations.models import Translation
from umbel.core.wastebasket import Deletion
from umbel.core.work import Worker

__all__ = [
    "Act",
    "ActQuerySet",
    "Alias",
    "Change",
    "Confederation",
    "Deletion",
    "EnterpriseType",
    "ImportJob",
    "ImportMapping",
    "ImportRow",
    "Kept",
    "Mail",
    "MembershipCategory",
    "Merge",
    "Named",
    "Part",
    "Record",
    "RecordQuerySet",
    "ReportedFigure",
    "SearchEntry",
    "Spelling",
    "Submission",
    "Topic",
    "Translation",
    "Worker",
]

is_colour = RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("A colour is written like #14495C."))


class Confederation(Named):
    """The umbrella organisation that this installation serves; there is exactly one."""

    searched = None
    translated = ("long_name", "purpose", "funding_notice")
    logo_mark = ""
    """What the addresses of the logo on the site carry, known once its file was looked at."""

    class Rounding(models.TextChoices):
        HALF_UP = "half-up", _("to the nearest, halves up")
        HALF_EVEN = "half-even", _("to the nearest, halves to the even digit")
        TRUNCATE = "truncate", _("cut off")

    long_name = models.CharField(_("long name"), max_length=300)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    logo = models.FileField(_("logo"), upload_to="confederation/", blank=True)
    primary_colour = models.CharField(_("primary colour"), max_length=7, default="#14495C", validators=[is_colour])
    accent_colour = models.CharField(_("accent colour"), max_length=7, default="#E3A21A", validators=[is_colour])
    languages = models.CharField(
        _("languages"), max_length=100, default="en", help_text=_("Codes, the first one leads: en fr es.")
    )
    rounding = models.CharField(_("rounding rule"), max_length=16, choices=Rounding, default=Rounding.HALF_UP)
    reporting_year = models.PositiveSmallIntegerField(_("reporting year"))
    notice_days = models.PositiveSmallIntegerField(
        _("notice of an assembly"), null=True, blank=True, help_text=_("In days, by the statutes.")
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum of an assembly"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("In per cent of the members entitled to vote."),
    )
    proxies_per_delegate = models.PositiveSmallIntegerField(
        _("proxies that one delegate may hold"), null=True, blank=True
    )
    account_holder = models.CharField(
        _("account holder"),
        max_length=70,
        blank=True,
        help_text=_("In whose name the account is to which fees are paid."),
    )
    iban = GroupedField(
        _("IBAN"), max_length=42, blank=True, validators=[is_iban], help_text=_("Members read it beside their fees.")
    )

    funding_notice = models.CharField(
        _("funding notice"),
        max_length=300,
        blank=True,
        help_text=_("Who funds the work and whose views are told; in the foot of every page."),
    )
    retention_years = models.PositiveSmallIntegerField(
        _("contact data are kept for"),
        default=3,
        help_text=_("In years after the last function of a person; then they are erased."),
    )

    class Meta:
        verbose_name = _("confederation")
        verbose_name_plural = _("confederation")

    @classmethod
    def current(cls) -> "Confederation":
        """Return the confederation. Raises `ImproperlyConfigured` when no record has been loaded yet."""
        found = cls.objects.first()
        if found is None:
            raise ImproperlyConfigured(_("No confederation is on record: load one with “umbel load DIR”."))
        return found

    @property
    def language(self) -> str:
        return self.languages.split()[0]


class MembershipCategory(Named):
    """A category under which organisations are members, in the order of the statutes."""

    translated = ("name",)

    order = models.PositiveSmallIntegerField(_("order"), default=0)
    yearly_fee = models.DecimalField(
        _("yearly fee"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In euro; what is proposed when the fees of a year are called."),
    )

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("membership category")
        verbose_name_plural = _("membership categories")


class EnterpriseType(Named):
    """A type of enterprise that the confederation represents; other wordings are aliases."""

    translated = ("name",)

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("type of enterprise")
        verbose_name_plural = _("types of enterprise")


class Topic(Named):
    """Something that acts can serve: a policy file or a campaign; other spellings are aliases."""

    translated: ClassVar[tuple[str, ...]] = ("name",)

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class ReportedFigureQuerySet(RecordQuerySet):
    """Reported numbers by the figure that they feed."""

    def of(self, figure: str) -> "ReportedFigureQuerySet":
        return self.filter(figure=figure)


class ReportedFigure(Kept):
    """A number that no table holds, taken from outside the records: with its source, owner and date."""

    translated = ("statement", "source")

    figure = models.CharField(_("figure"), max_length=80, help_text=_("The key of the figure that it feeds."))
    statement = models.CharField(_("what it says"), max_length=300)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=3)
    is_floor = models.BooleanField(_("at least"), default=False, help_text=_("The source says “over”."))
    date = PartialDateField(_("holds for"))
    source = models.CharField(_("source"), max_length=300)
    address = models.CharField(_("address"), max_length=300, blank=True, validators=[URLValidator()])
    owner = models.CharField(_("owner"), max_length=100, blank=True)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT)

    objects: ClassVar[Any] = ReportedFigureQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "date"]
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "date"],
                name="one_reported_value_a_date",
                violation_error_message=_("This figure already has a value for that date: correct that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.number}"

    @property
    def number(self) -> Decimal | int:
        value = Decimal(self.value).normalize()
        return int(value) if value == value.to_integral_value() else value


def current_rounding() -> Any:
    """Return the rounding rule of the confederation, by which every figure is printed."""
    return Confederation.current().rounding
