"""Files that anyone can attach: documents, publications with their language versions, photographs."""

from typing import Any, ClassVar, Self

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.codes import is_language
from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Act, ActQuerySet, Kept, Part, RecordQuerySet


class Document(Kept):
    """A file with an audience: a paper of a meeting, slides, a scan."""

    shelf = "documents"
    searched = ()

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300)
    file = models.FileField(_("file"), upload_to="documents/", blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True, validators=[URLValidator()])
    language = models.CharField(_("language"), max_length=10, blank=True, validators=[is_language])

    class Meta:
        ordering = ["title"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title


class PublicationQuerySet(ActQuerySet):
    """Publications by kind."""

    def statistical(self) -> Self:
        return self.filter(kind=Publication.Kind.STATISTICAL)


class Publication(Act):
    """Something that the confederation published; its date is the release, apart from what it is about."""

    shelf = "publications"
    searched = ("subject", "versions__title")

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


class PhotoQuerySet(RecordQuerySet):
    """Photographs by whether they can be shown."""

    def placeable(self) -> Self:
        """Keep those that a page may show: with a file, a credit and an alternative text."""
        return self.exclude(file="").exclude(credit="").exclude(alternative="")


class Photo(Kept):
    """A photograph with what its use needs: credit, licence, alternative text."""

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

    objects: ClassVar[Any] = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
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
