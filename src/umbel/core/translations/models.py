"""Texts of records in other languages than the one in which they were written."""

from hashlib import md5
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.changelog import Change, record_change
from umbel.core.codes import is_language


def digest(text: str) -> str:
    """Return the mark by which a text is known again: MD5 in hexadecimal, as the databases compute it too."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def home_of(model: type[models.Model], field: str) -> ContentType:
    """Return the kind of record in whose table a field stands: the title of a meeting stands in that of events."""
    return ContentType.objects.get_for_model(model._meta.get_field(field).model)


class TranslationQuerySet(models.QuerySet["Translation"]):
    """Translations by what they are of."""

    def of(self, model: Any) -> Self:
        """Keep those of the translated fields of a kind of record, wherever their tables are."""
        return self.filter(content_type__in={home_of(model, name) for name in model.translated})


class Translation(models.Model):
    """One text of a record in one language, and a mark of the original from which it was made.

    The change log tells of it as a change of the record: `title (pl)`.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=10, validators=[is_language])
    text = models.TextField(_("text"))
    made_from = models.CharField(_("made from"), max_length=32, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ["content_type", "object_id", "field", "language"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language"], name="one_translation_a_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"


def translate(row: Any, field: str, language: str, text: str) -> None:
    """Keep what a field of a record says in a language; an empty text takes the translation away.

    Confirming a translation whose original changed marks it as made from the original of now. Raises `ValueError`
    for a field that the model does not declare in `translated`.
    """
    if field not in row.translated:
        raise ValueError(f"{row._meta.label} has no translated field {field}")
    kind = home_of(type(row), field)
    found = Translation.objects.filter(content_type=kind, object_id=row.pk, field=field, language=language).first()
    before, label = (found.text if found else ""), f"{field} ({language})"
    row.__dict__.pop("_said", None)
    if not text:
        if found:
            found.delete()
            record_change(row, Change.Act.CHANGE, {label: before}, {})
        return
    made = found or Translation(content_type=kind, object_id=row.pk, field=field, language=language)
    was_from = made.made_from
    made.text, made.made_from, made.changed_at = text, digest(str(getattr(row, field))), timezone.now()
    made.save()
    if before != text:
        record_change(row, Change.Act.CHANGE, {label: before} if before else {}, {label: text})
    elif was_from != made.made_from:
        record_change(row, Change.Act.CHANGE, {}, {f"{label} confirmed": made.made_from})
