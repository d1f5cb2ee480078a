"""How the confederation informs: stories, videos, newsletters, channels, site, press."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core import signing
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import is_secretariat
from umbel.core.codes import is_language
from umbel.core.constraints import in_order
from umbel.core.dates import PartialDateField
from umbel.core.models import Act, ActQuerySet, Kept, Named, Part, RecordQuerySet
from umbel.core.records import Addressed, ToldAct
from umbel.network.models import Organisation, Person

LEAVING = "communication.leave"
OPEN_FOR = timedelta(days=7)
"""How long a link to confirm is good, and how long an address is kept that nobody confirms."""


class ArticleSeries(Named):
    """Articles with one rule, such as portraits of cooperatives."""

    shelf = "stories/series"
    translated = ("name", "rule")

    rule = models.CharField(_("rule"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("series of articles")
        verbose_name_plural = _("series of articles")


class Story(ToldAct):
    """An article, of a series or alone, about one or several organisations."""

    shelf = "stories"
    translated = ("title", "lead", "text", "occasion")

    series = models.ForeignKey(
        ArticleSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stories",
    )
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")


class Portrayal(Part):
    """An organisation that a story is about."""

    audience_path = "story__audience"
    date_path = "story__date"

    story = models.ForeignKey(Story, verbose_name=_("story"), on_delete=models.CASCADE, related_name="portrayals")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="portrayals"
    )

    class Meta:
        ordering = ["story", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "organisation"], name="portrayed_once_a_story")]

    def __str__(self) -> str:
        return str(self.organisation)


class Video(Addressed, ToldAct):
    """A film that we published; the campaign that it served is one of its topics."""

    shelf = "videos"

    language = models.CharField(_("language"), max_length=10, blank=True, validators=[is_language])
    about = models.ForeignKey(
        Organisation,
        verbose_name=_("about"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="videos",
    )

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("video")
        verbose_name_plural = _("videos")


class Newsletter(Named):
    """A newsletter, for the public or for members."""

    searched = ("contents",)
    translated = ("contents",)

    class Readers(models.TextChoices):
        EXTERNAL = "external", _("external")
        INTERNAL = "internal", _("internal")

    readers = models.CharField(_("readers"), max_length=16, choices=Readers)
    contents = models.CharField(_("contents"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")


class IssueQuerySet(ActQuerySet):
    """Issues by readers."""

    def external(self) -> Self:
        return self.filter(newsletter__readers=Newsletter.Readers.EXTERNAL)

    def internal(self) -> Self:
        return self.filter(newsletter__readers=Newsletter.Readers.INTERNAL)


class Issue(ToldAct):
    """One edition of a newsletter."""

    shelf = "newsletters"

    newsletter = models.ForeignKey(
        Newsletter, verbose_name=_("newsletter"), on_delete=models.PROTECT, related_name="issues"
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    recipients = models.PositiveIntegerField(
        _("sent to"), null=True, blank=True, help_text=_("How many contacts it went to on its day.")
    )
    counted = models.PositiveIntegerField(_("counted once its day was over"), null=True, editable=False)

    objects: ClassVar[Any] = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["date", "number", "key"]
        verbose_name = _("issue of a newsletter")
        verbose_name_plural = _("issues of newsletters")

    @property
    def is_kept_by_itself(self) -> bool:
        """Whether the number of its recipients is the one that was counted when nobody had kept any."""
        return self.counted is not None and self.recipients == self.counted


class Channel(Named):
    """A presence of ours on a social network, open for a time."""

    translated = ("note",)

    address = models.CharField(_("address"), max_length=200, blank=True)
    in_footer = models.BooleanField(_("in the footer of the site"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [in_order("channel_ends_after_start")]


class ChannelCount(Part):
    """How many followed a channel on a date."""

    audience_path = "channel__audience"

    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.CASCADE, related_name="counts")
    date = PartialDateField(_("date"))
    value = models.PositiveIntegerField(_("followers"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["channel", "date"]
        verbose_name = _("followers of a channel")
        verbose_name_plural = _("followers of channels")
        constraints = [models.UniqueConstraint(fields=["channel", "date"], name="one_count_a_date")]

    def __str__(self) -> str:
        return f"{self.channel}, {self.date}: {self.value}"


class SiteFigureQuerySet(RecordQuerySet):
    """Figures of the site by measure."""

    def of(self, measure: str) -> Self:
        return self.filter(measure=measure)


class SiteFigure(Kept):
    """A count of visits to the site over a period, or of readers of a list on a date, as its tool reported it."""

    class Measure(models.TextChoices):
        USERS = "users", _("website users")
        VIEWS = "views", _("page views")
        SUBSCRIBERS = "subscribers", _("subscribers of the mailing list")
        REACH = "reach", _("people reached by the external newsletter")

    measure = models.CharField(_("measure"), max_length=16, choices=Measure)
    date = PartialDateField(_("period or date"))
    value = models.PositiveIntegerField(_("value"))
    source = models.CharField(_("source"), max_length=200)

    objects: ClassVar[Any] = SiteFigureQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "date"]
        verbose_name = _("figure of the site")
        verbose_name_plural = _("figures of the site")
        constraints = [models.UniqueConstraint(fields=["measure", "date"], name="one_site_figure_a_date")]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.date}: {self.value}"


class PressItem(Addressed, Act):
    """A mention of the confederation in the press."""

    shelf = "press"
    searched = ("outlet",)

    outlet = models.CharField(_("outlet"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True, validators=[is_language])

    class Meta:
        ordering = ["date", "key"]
        verbose_name = _("press item")
        verbose_name_plural = _("press items")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Subscribers by whether they read."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for the secretariat, none for anybody else."""
        return self if is_secretariat(user) else self.none()

    def reading(self) -> Self:
        """Keep those who confirmed and have not left."""
        return self.filter(ended_at=None).exclude(confirmed_at=None)

    def stale(self) -> Self:
        """Keep those who asked and never confirmed."""
        return self.filter(confirmed_at=None, asked_at__lt=timezone.now() - OPEN_FOR)

    def total(self) -> int:
        return self.count()


class Subscriber(models.Model):
    """Somebody who reads newsletters. No change log: what is erased here is gone."""

    email = models.EmailField(_("e-mail"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True, validators=[is_language])
    newsletters = models.ManyToManyField(Newsletter, verbose_name=_("newsletters"), related_name="subscribers")
    wanted = models.ManyToManyField(Newsletter, verbose_name=_("asked for, not confirmed"), related_name="wanted_by")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("left"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    objects: ClassVar[Any] = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=models.Q(ended_at=None), name="one_subscription_an_address"
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="subscriber_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email or str(_("somebody who left"))

    @property
    def leaving_token(self) -> str:
        """What the link to leave carries; it is good for as long as mails are kept."""
        return signing.Signer(salt=LEAVING).sign(str(self.pk))

    def confirm(self) -> None:
        """Begin to read what was asked for; the link is void from now on."""
        self.newsletters.add(*self.wanted.all())
        self.wanted.clear()
        self.confirmed_at = self.confirmed_at or timezone.now()
        self.token_hash = ""
        self.save(update_fields=["confirmed_at", "token_hash"])

    def leave(self) -> None:
        """Read no longer: the days stay for the counts of the past, the address is erased."""
        self.ended_at = self.ended_at or timezone.now()
        self.email = self.token_hash = ""
        self.save(update_fields=["ended_at", "email", "token_hash"])


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    """What people want to be sent, by whom that is."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for the secretariat, one's own for anybody else."""
        if is_secretariat(user):
            return self
        return self.filter(person__user=user) if user.is_authenticated else self.none()


class MailPreference(models.Model):
    """Whether a person of the network wants a newsletter that is meant for members; who has said nothing gets it."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="mailings")
    newsletter = models.ForeignKey(
        Newsletter, verbose_name=_("newsletter"), on_delete=models.CASCADE, related_name="preferences"
    )
    is_wanted = models.BooleanField(_("wanted"), default=True)

    objects: ClassVar[Any] = MailPreferenceQuerySet.as_manager()

    class Meta:
        ordering = ["newsletter", "person__name"]
        verbose_name = _("mailing preference")
        verbose_name_plural = _("mailing preferences")
        constraints = [models.UniqueConstraint(fields=["person", "newsletter"], name="one_preference_a_newsletter")]

    def __str__(self) -> str:
        return f"{self.person}, {self.newsletter}"
