"""The tables of the search: what is found, and how the words of names may be misspelt."""

from django.db import models


class SearchEntry(models.Model):
    """What the search knows of one record: what it is called, who may see it, its words.

    The number holds the table of the record and its key there (`subjects.entry_number`). The databases keep an index
    over the four columns of words by themselves (`engines`).
    """

    id = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=60)
    audience = models.CharField(max_length=16)
    handle = models.CharField(max_length=200)
    title = models.CharField(max_length=400)
    sort = models.CharField(max_length=32, blank=True)
    date = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    name = models.CharField(max_length=400, db_index=True)
    other_names = models.TextField(blank=True)
    other_folded = models.TextField(blank=True)
    name_words = models.TextField(blank=True)
    other_words = models.TextField(blank=True)
    text_words = models.TextField(blank=True)
    part_words = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["type", "name"], name="entry_of_type_by_name", opclasses=["varchar_ops", "varchar_pattern_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.title


class Spelling(models.Model):
    """A word of a name, as it stands there and with one letter missing."""

    spelling = models.CharField(max_length=30)
    word = models.CharField(max_length=30)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["spelling", "word"], name="spelling_once_a_word")]

    def __str__(self) -> str:
        return self.word
