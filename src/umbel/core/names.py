"""Other names of a record: one record, found under each spelling."""

import re
import unicodedata
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

LETTERS = {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
SIGNS = re.compile(r"[^\w\s]|_")


class Plain(dict[int, str | None]):
    """What stands for each letter, by its number: itself, other letters, or nothing for an accent."""

    def __missing__(self, number: int) -> str | None:
        letter = chr(number)
        self[number] = None if unicodedata.combining(letter) else LETTERS.get(letter, letter)
        return self[number]


PLAIN = Plain()


def fold(name: str) -> str:
    """Return a name as it is compared: no case, no accents, no punctuation (`SKI.F.T.` and `Skift` are `skift`)."""
    if name.isascii():
        return _without_signs(name.lower())
    plain = name
    while (next_one := _fold_once(plain)) != plain:
        plain = next_one
    return plain


def _fold_once(name: str) -> str:
    plain = name.casefold()
    return _without_signs(plain if plain.isascii() else unicodedata.normalize("NFKD", plain).translate(PLAIN))


def _without_signs(plain: str) -> str:
    return " ".join(SIGNS.sub("", plain).split())


class AliasQuerySet(models.QuerySet["Alias"]):
    """Aliases by what they are called and of what."""

    def called(self, name: str) -> "AliasQuerySet":
        return self.filter(folded=fold(name))

    def of(self, row: models.Model) -> "AliasQuerySet":
        return self.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)


class Alias(models.Model):
    """Another spelling under which a record is found; it is never printed in place of the name."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    name = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)

    objects = AliasQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "name"], name="alias_once_a_record")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


def find_named(name: str, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Return the rows of a queryset whose name or alias is spelt `name`, whatever its case, accents and dots."""
    wanted = fold(name)
    kind = ContentType.objects.get_for_model(rows.model)
    ids = Alias.objects.called(name).filter(content_type=kind).values("object_id")
    return rows.filter(models.Q(folded=wanted) | models.Q(pk__in=ids))
