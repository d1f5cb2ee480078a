"""Files that anyone can attach: documents, publications with their language versions, photographs."""

from functools import reduce
from typing import Any, ClassVar, Self

import rules
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import is_in_audience, is_secretariat
from umbel.core.codes import is_language
from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import ActQuerySet, Kept, Part, RecordQuerySet
from umbel.core.records import Addressed, ToldAct, names_of, naming
from umbel.network.models import Person


class AttachedQuerySet(RecordQuerySet):
    """Rows by the record to which they belong."""

    def of(self, row: models.Model) -> Self:
        return self.filter(**naming(row))

    def of_any(self, *rows: models.QuerySet[Any]) -> Self:
        """Keep what belongs to one of some rows, given a queryset for each kind."""
        named = (models.Q(content_type__in=names_of(found.model), object_id__in=found.values("pk")) for found in rows)
        return self.filter(reduce(models.Q.__or__, named))


class Document(Kept):
    """A file with an audience: a paper of a meeting, slides, a scan. It may belong to a record of any kind."""

    shelf = "documents"
    translated = ("title",)
    lets_go = True
    searched = ()

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300)
    file = models.FileField(_("file"), upload_to="documents/", blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True, validators=[URLValidator()])
    language = models.CharField(_("language"), max_length=10, blank=True, validators=[is_language])
    date = PartialDateField(_("date"), null=True, blank=True)
    content_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey()

    objects: ClassVar[Any] = AttachedQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="document_of_record")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title


class PublicationQuerySet(ActQuerySet):
    """Publications by kind."""

    def statistical(self) -> Self:
        return self.filter(kind=Publication.Kind.STATISTICAL)


class Publication(Addressed, ToldAct):
    """Something that the confederation published; its date is the release, apart from what it is about."""

    shelf = "publications"
    searched = ("lead", "text", "subject", "versions__title")
    translated = ("title", "lead", "text", "subject")

    class Kind(models.TextChoices):
        REPORT = "report", _("report")
        STATISTICAL = "statistical", _("statistical publication")
        STUDY = "study", _("study")
        MANIFESTO = "manifesto", _("manifesto")
        PAPER = "paper", _("paper")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    reference_start = PartialDateField(_("is about, from"), null=True, blank=True)
    reference_end = PartialDateField(_("is about, to"), null=True, blank=True)
    is_first_edition = models.BooleanField(_("first edition"), default=False)
    licence = models.CharField(
        _("licence"), max_length=100, blank=True, help_text=_("Under which others may use it: CC BY 4.0.")
    )

    objects: ClassVar[Any] = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [in_order("publication_subject_in_order", "reference_start", "reference_end")]


class LanguageVersionQuerySet(RecordQuerySet):
    """Language versions by publication."""

    def of(self, publications: PublicationQuerySet) -> Self:
        return self.filter(publication__in=publications).select_related("publication")


class LanguageVersion(Part):
    """A publication in one language."""

    audience_path = "publication__audience"

    publication = models.ForeignKey(
        Publication, verbose_name=_("publication"), on_delete=models.CASCADE, related_name="versions"
    )
    language = models.CharField(_("language"), max_length=10, validators=[is_language])
    title = models.CharField(_("title"), max_length=300, blank=True)
    file = models.FileField(_("file"), upload_to="publications/", blank=True)

    objects: ClassVar[Any] = LanguageVersionQuerySet.as_manager()

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["publication", "language"], name="one_version_a_language")]

    def __str__(self) -> str:
        return f"{self.publication} ({self.language})"


class Consent(models.TextChoices):
    """Whether those who are shown agreed to it."""

    UNRECORDED = "", _("not recorded")
    NOT_NEEDED = "not-needed", _("not needed")
    GIVEN = "given", _("given")
    WITHDRAWN = "withdrawn", _("withdrawn")


@rules.predicate
def may_show(user: Any, row: Any) -> bool:
    """A photograph of somebody who withdrew consent is seen by the secretariat alone, wherever it is placed."""
    consent = getattr(getattr(row, "photo", row), "consent", Consent.UNRECORDED)
    return consent != Consent.WITHDRAWN or is_secretariat(user)


class PhotoQuerySet(RecordQuerySet):
    """Photographs by whether they can be shown."""

    def visible_to(self, user: Any) -> Self:
        found = super().visible_to(user)
        return found if is_secretariat(user) else found.exclude(consent=Consent.WITHDRAWN)

    def placeable(self) -> Self:
        """Keep those that a page may show: with a file, a credit, an alternative text, and no consent withdrawn."""
        return self.exclude(file="").exclude(credit="").exclude(alternative="").exclude(consent=Consent.WITHDRAWN)


class Photo(Kept):
    """A photograph with what its use needs: credit, licence, alternative text, consent of those whom it shows."""

    translated = ("alternative",)

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to="photos/", blank=True)
    credit = models.CharField(_("credit"), max_length=200)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    permission = models.CharField(
        _("permission"), max_length=300, blank=True, help_text=_("Who allowed its use, when and for what.")
    )
    alternative = models.CharField(
        _("alternative text"), max_length=300, blank=True, help_text=_("What it shows, for those who do not see it.")
    )
    people = models.ManyToManyField(Person, verbose_name=_("people shown"), blank=True, related_name="photographs")
    consent = models.CharField(
        _("consent"),
        max_length=16,
        choices=Consent,
        default=Consent.UNRECORDED,
        blank=True,
        help_text=_("Whether those who are shown agreed. Once it is withdrawn no page shows the photograph."),
    )
    consent_on = PartialDateField(_("given or withdrawn on"), null=True, blank=True)
    consent_how = models.CharField(
        _("how"), max_length=200, blank=True, help_text=_("By a form, a mail, at the registration; and for what.")
    )

    objects: ClassVar[Any] = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        rules_permissions: ClassVar[dict[str, Any]] = {"view": is_in_audience & may_show}
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file="") | (~models.Q(credit="") & ~models.Q(alternative="")),
                name="photo_with_credit_and_text",
                violation_error_message=_("A photograph needs a credit and an alternative text before it is placed."),
            )
        ]

    def __str__(self) -> str:
        return self.title or f"© {self.credit}"

    @property
    def is_placeable(self) -> bool:
        """Whether a page may show it."""
        return bool(self.file and self.credit and self.alternative) and self.consent != Consent.WITHDRAWN

    def refuse_place(self) -> None:
        """Raise `ValidationError` where no page may show it."""
        if self.consent == Consent.WITHDRAWN:
            told = _("This photograph cannot be placed: somebody whom it shows has withdrawn consent.")
            raise ValidationError({"photo": told})
        if not self.is_placeable:
            told = _("This photograph cannot be placed: it needs a file, a credit and an alternative text.")
            raise ValidationError({"photo": told})


class PlacementQuerySet(AttachedQuerySet):
    """Placements by whether their photograph can be shown."""

    def visible_to(self, user: Any) -> Self:
        found = super().visible_to(user)
        return found if is_secretariat(user) else found.exclude(photo__consent=Consent.WITHDRAWN)

    def placeable(self) -> Self:
        found = self.exclude(photo__file="").exclude(photo__credit="").exclude(photo__alternative="")
        return found.exclude(photo__consent=Consent.WITHDRAWN)


class Placement(Part):
    """A photograph on the page of a record of any kind; the first one stands for it in lists."""

    audience_path = "photo__audience"
    lets_go = True

    photo = models.ForeignKey(Photo, verbose_name=_("photograph"), on_delete=models.CASCADE, related_name="placements")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[Any] = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("photograph on a page")
        verbose_name_plural = _("photographs on pages")
        indexes = [models.Index(fields=["content_type", "object_id"], name="placement_on_record")]
        rules_permissions: ClassVar[dict[str, Any]] = {"view": is_in_audience & may_show}
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "content_type", "object_id"],
                name="photo_once_a_record",
                violation_error_message=_("This photograph stands on the page already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.photo)

    def clean(self) -> None:
        """Refuse a photograph that no page may show."""
        if self.photo_id:
            self.photo.refuse_place()
