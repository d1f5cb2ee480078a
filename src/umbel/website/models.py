"""What the communications officer writes and arranges: pages, menu, front page, redirects; what a link check found."""

from datetime import datetime
from re import fullmatch
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Audience, is_in_audience, is_secretariat
from umbel.core.models import Kept, RecordQuerySet
from umbel.core.prose.fields import BriefField, ProseField
from umbel.core.registry import is_figure
from umbel.library.models import Photo
from umbel.website.places import PlaceField, TitledPlaceField
from umbel.website.rules import is_out

PATH = r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*"
FARTHEST = 20
LANGUAGE_CODE = 2

is_path = RegexValidator(
    rf"^{PATH}$", _("Write small letters, digits and hyphens, parts after a slash: about-us/history.")
)
is_address = RegexValidator(
    r"^(/[^/\s\\]|/$|https?://\S+$)", _("Write /a/path/ of this site, or an address with https://.")
)
is_old_path = RegexValidator(r"^/[^/\s\\?#][^\s\\#]*$", _("Write a path of this site, such as /old/page.html."))


class PageQuerySet(RecordQuerySet):
    """Pages by whether they are out."""

    def out(self, at: datetime | None = None) -> Self:
        """Keep the pages that are published at an instant, now without one."""
        return self.filter(status=Page.Status.PUBLISHED).filter(
            models.Q(publish_on=None) | models.Q(publish_on__lte=at or timezone.now())
        )

    def visible_to(self, user: Any) -> Self:
        """Keep the pages that are meant for the user; drafts and pages to come are there for the secretariat alone."""
        rows = super().visible_to(user)
        return rows if is_secretariat(user) else rows.out()


class Page(Kept):
    """A free page: a text with an address, written by hand, published at once or on a day to come."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    searched = ("path", "lead", "body")
    translated = ("title", "lead", "body")
    held_back_by = ("status", "publish_on")

    title = models.CharField(_("title"), max_length=200)
    path = models.CharField(
        _("address"),
        max_length=200,
        unique=True,
        validators=[is_path],
        help_text=_("Below the site: about-us/history."),
    )
    lead = BriefField(_("introduction"), max_length=600, blank=True)
    body = ProseField(_("text"), blank=True)
    status = models.CharField(_("state"), max_length=12, choices=Status, default=Status.DRAFT)
    publish_on = models.DateTimeField(
        _("publish from"), null=True, blank=True, db_index=True, help_text=_("Empty: as soon as it is published.")
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("stands below"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[Any] = PageQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        rules_permissions: ClassVar[dict[str, Any]] = {"view": is_in_audience & (is_out | is_secretariat)}

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an address that the site needs itself, and a page that would stand below itself."""
        if fullmatch(PATH, self.path) and is_needed(self.path):
            raise ValidationError({"path": _("The site uses this address itself: choose another one.")})
        if self.parent_id and self.pk in _line_of(self.parent):
            raise ValidationError({"parent": _("A page cannot stand below itself.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        before = self.__dict__.get("_before", {})
        if before.get("status") == self.Status.PUBLISHED and before["path"] != self.path:
            Redirect.objects.lead(f"/{before['path']}/", f"/{self.path}/")

    @property
    def is_out(self) -> bool:
        """Whether visitors find it now."""
        return self.status == self.Status.PUBLISHED and (self.publish_on is None or self.publish_on <= timezone.now())

    @property
    def is_to_come(self) -> bool:
        """Whether it is published, but from an instant to come."""
        return self.status == self.Status.PUBLISHED and not self.is_out

    @property
    def public_address(self) -> str:
        """Where visitors find it once it is out."""
        return f"{get_script_prefix()}{self.path}/"

    def get_absolute_url(self) -> str:
        return self.public_address if self.is_out else reverse("desk.page.preview", args=[self.pk])


def is_needed(path: str) -> bool:
    """Tell whether the site itself has something at a path, or keeps it for a language."""
    if len(path.partition("/")[0]) == LANGUAGE_CODE:
        return True
    try:
        return resolve(f"/{path}/").url_name != "website.page.show"
    except Resolver404:
        return False


def _line_of(row: Any) -> set[int]:
    """Return the numbers of a row and of all above it."""
    found: set[int] = set()
    while row is not None and row.pk not in found and len(found) < FARTHEST:
        found.add(row.pk)
        row = row.parent
    return found


class MenuItem(Kept):
    """An entry of the site's menu: a page, one of the site's own lists, or any address."""

    translated = ("label",)

    label = models.CharField(_("label"), max_length=60)
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="menu_items"
    )
    place = PlaceField(_("part of the site"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True, validators=[is_address])
    parent = models.ForeignKey(
        "self", verbose_name=_("stands below"), null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu")
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(page__isnull=False, place="", address="")
                    | (models.Q(page=None, address="") & ~models.Q(place=""))
                    | (models.Q(page=None, place="") & ~models.Q(address=""))
                ),
                name="menu_entry_leads_to_one_place",
                violation_error_message=_("Choose one: a page, a part of the site, or an address."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Keep the menu to two levels."""
        if self.parent_id and (self.parent_id == self.pk or self.parent is None or self.parent.parent_id):
            raise ValidationError({"parent": _("The menu has two levels: choose an entry of the first one.")})
        if self.parent_id and self.pk and self.children.exists():
            raise ValidationError({"parent": _("Entries stand below this one: it stays on the first level.")})


class Wording(Kept):
    """What stands above a page that the site makes itself, in place of the usual words."""

    translated = ("title", "about")

    place = TitledPlaceField(_("page"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("Empty: the usual one."))
    about = BriefField(_("opening sentence"), max_length=400, blank=True, help_text=_("Empty: the usual one."))

    class Meta:
        ordering = ["place"]
        verbose_name = _("title of a page")
        verbose_name_plural = _("titles of pages")

    def __str__(self) -> str:
        return self.title or self.place


class FrontBlock(Kept):
    """A part of the front page: what it shows, where it stands, whether it is shown."""

    class Kind(models.TextChoices):
        LATEST = "latest", _("latest position")
        DATES = "dates", _("next dates")
        FIGURES = "figures", _("figures")
        STORIES = "stories", _("stories")
        MEMBERS = "members", _("map of the members")
        PROSE = "prose", _("text")
        NEWSLETTER = "newsletter", _("newsletter form")

    translated = ("title", "body")

    kind = models.CharField(_("shows"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=120, blank=True)
    body = ProseField(_("text"), blank=True)
    photo = models.ForeignKey(
        Photo,
        verbose_name=_("photograph"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="front_blocks",
    )
    figures = models.CharField(
        _("figures"),
        max_length=400,
        blank=True,
        help_text=_("Keys with spaces between them; empty: those of the year."),
    )
    is_shown = models.BooleanField(_("shown"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("block of the front page")
        verbose_name_plural = _("front page")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="prose") | ~models.Q(body=""),
                name="front_text_says_something",
                violation_error_message=_("A block of text needs a text."),
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def clean(self) -> None:
        """Refuse figures that nobody declares, and a photograph that cannot be placed."""
        for key in self.figures.split():
            if not is_figure(key):
                raise ValidationError({"figures": _("No figure has the key “%(key)s”.") % {"key": key}})
        if self.photo:
            self.photo.refuse_place()


class RedirectQuerySet(RecordQuerySet):
    """Redirects by their paths, with or without a slash at the end."""

    def at(self, path: str) -> Self:
        """Keep those for a path."""
        return self.filter(from_path__in={path, bare(path), f"{bare(path)}/"})

    def lead(self, old: str, new: str, audience: str = Audience.PUBLIC) -> None:
        """Lead from an old path to a new one for good, and whatever led to the old one with it.

        A redirect that began at the new one goes.
        """
        for row in self.at(new):
            row.delete()
        row = self.at(old).first() or Redirect(from_path=old)
        row.to, row.is_permanent, row.audience = new, True, audience
        row.save()
        for earlier in self.filter(to=old):
            earlier.to = new
            earlier.save()


class Redirect(Kept):
    """An address that is no longer, and where it leads now. Asked only where nothing else is found."""

    from_path = models.CharField(_("old address"), max_length=300, unique=True, validators=[is_old_path])
    to = models.CharField(_("leads to"), max_length=300, validators=[is_address])
    is_permanent = models.BooleanField(
        _("for good"), default=True, help_text=_("Browsers and search engines remember it.")
    )

    objects: ClassVar[Any] = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["from_path"]
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")

    def __str__(self) -> str:
        return f"{self.from_path} → {self.to}"

    def clean(self) -> None:
        """Refuse a redirect that leads back to where it began, at once or through others."""
        steps = dict(Redirect.objects.exclude(pk=self.pk).values_list("from_path", "to"))
        seen, at = {bare(self.from_path)}, self.to
        ways = {bare(path): to for path, to in steps.items()}
        while at:
            if bare(at) in seen:
                raise ValidationError({"to": _("This leads round in a circle.")})
            seen.add(bare(at))
            at = ways.get(bare(at), "")


def bare(path: str) -> str:
    """Return a path as redirects compare it: without the slash at its end."""
    return path.rstrip("/") or "/"


class LinkFindingQuerySet(models.QuerySet["LinkFinding"]):
    """What the link check found, by whether it is to be mended."""

    def broken(self) -> Self:
        return self.exclude(state=LinkFinding.State.FINE)

    def tally(self) -> dict[str, int]:
        """Return how many links are in each state."""
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def of(self, group: str) -> Self:
        return self.filter(group=group)


class LinkFinding(models.Model):
    """A link as the last check found it: where it stands, where it leads, what answered there."""

    class State(models.TextChoices):
        FINE = "fine", _("leads somewhere")
        EMPTY = "empty", _("empty")
        MISSING = "missing", _("nothing is there")
        HIDDEN = "hidden", _("not open to visitors")
        FAILED = "failed", _("does not answer")

    group = models.CharField(_("found in"), max_length=12)
    text = models.CharField(_("stands in"), max_length=400)
    place = models.CharField(_("field"), max_length=100)
    edit_address = models.CharField(_("where it is mended"), max_length=300, blank=True)
    address = models.CharField(_("leads to"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)

    objects: ClassVar[Any] = LinkFindingQuerySet.as_manager()

    class Meta:
        ordering = ["group", "text", "pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return f"{self.text}: {self.address}"
