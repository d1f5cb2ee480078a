"""What is left to set up, read from the records each time: nothing of it is stored but what somebody put aside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import User
from umbel.communication.models import Story
from umbel.core.models import Confederation, EnterpriseType, Mail, MembershipCategory
from umbel.network.models import Invitation, Membership
from umbel.website.models import Page
from umbel.website.starting.door import keeps_everything

PREFERENCE = "set_up"
WHOLE = "all"


@dataclass(frozen=True)
class Item:
    """One thing to set up: what, why it counts, where, and whether it is done."""

    key: str
    text: Any
    why: Any
    url: str
    is_done: bool


@dataclass(frozen=True)
class Task:
    """How an item is known to be done: by a condition on the confederation's own row, for a user."""

    key: str
    text: Any
    why: Any
    url: Callable[[], str]
    done: Callable[[Any], Any]


def _step(slug: str) -> Callable[[], str]:
    return lambda: reverse("starting.step", args=[slug])


def _has_colours(_user: Any) -> Q:
    return ~Q(primary_colour__iexact=_default("primary_colour")) | ~Q(accent_colour__iexact=_default("accent_colour"))


def _default(field: str) -> str:
    return str(Confederation._meta.get_field(field).get_default())  # type: ignore[union-attr]  # -- a field of its own


def _has_colleagues(user: Any) -> Any:
    others = User.objects.exclude(pk=user.pk).exclude(role="").filter(is_active=True)
    return Exists(others) | Exists(Invitation.objects.pending().exclude(role=""))


TASKS = [
    Task(
        "logo",
        _("Logo"),
        _("It stands on every page and on the report."),
        _step("look"),
        lambda _u: ~Q(logo=""),
    ),
    Task("colours", _("Your two colours"), _("Buttons, links and charts take them."), _step("look"), _has_colours),
    Task(
        "languages",
        _("Languages"),
        _("The site, mails and the report speak each of them; the first one leads."),
        _step("name"),
        lambda _u: ~Q(languages=_default("languages")),
    ),
    Task(
        "statutes",
        _("Parameters of your statutes"),
        _("Convocations and quorum are checked against them."),
        _step("statutes"),
        lambda _u: Q(notice_days__isnull=False) | Q(quorum_percent__isnull=False),
    ),
    Task(
        "categories",
        _("Membership categories"),
        _("Members are listed under them."),
        _step("words"),
        lambda _u: Exists(MembershipCategory.objects.all()),
    ),
    Task(
        "types",
        _("Types of enterprise"),
        _("Enterprises among your members are told apart by them; put it aside where there are none."),
        _step("words"),
        lambda _u: Exists(EnterpriseType.objects.all()),
    ),
    Task(
        "members",
        _("Members"),
        _("Bring them in from a spreadsheet, or type them."),
        _step("members"),
        lambda _u: Exists(Membership.objects.all()),
    ),
    Task(
        "people",
        _("The people of the secretariat"),
        _("Each works under their own name."),
        lambda: reverse("network.user.invite"),
        _has_colleagues,
    ),
    Task(
        "mail",
        _("Mail, tested"),
        _("Invitations and reminders go out by mail."),
        _step("mail"),
        lambda _u: Exists(Mail.objects.filter(outcome=Mail.Outcome.SENT)),
    ),
    Task(
        "news",
        _("A first piece of news"),
        _("It opens the public site."),
        lambda: reverse("desk.record.add", args=["stories"]),
        lambda _u: Exists(Story.objects.all()),
    ),
    Task(
        "privacy",
        _("A privacy notice"),
        _("A page whose address says “privacy”: what you keep of people, and how long."),
        lambda: reverse("desk.record.add", args=["pages"]),
        lambda _u: Exists(Page.objects.out().filter(path__contains="privacy")),
    ),
]


def checklist(user: Any) -> list[Item]:
    """Return what a confederation sets up, done or not, without what the user put aside; in one query.

    It is empty when all is done, before a confederation is on record, and for whoever may not change settings.
    """
    aside = user.preferences.get(PREFERENCE, []) if keeps_everything(user) else [WHOLE]
    if WHOLE in aside:
        return []
    found = Confederation.objects.annotate(**{f"has_{task.key}": _as_value(task.done(user)) for task in TASKS})
    row = found.values(*(f"has_{task.key}" for task in TASKS)).first()
    items = [
        Item(task.key, task.text, task.why, task.url(), bool(row[f"has_{task.key}"]))
        for task in (TASKS if row else [])
        if task.key not in aside
    ]
    return [] if all(item.is_done for item in items) else items


def _as_value(condition: Any) -> Any:
    return (
        condition
        if isinstance(condition, Exists)
        else Exists(Confederation.objects.filter(condition, pk=OuterRef("pk")))
    )


def put_aside(user: Any, key: str) -> None:
    """Take an item, or the whole list, from the user's desk. Raises KeyError for an item that there is none."""
    if key != WHOLE and key not in {task.key for task in TASKS}:
        raise KeyError(key)
    aside = {*user.preferences.get(PREFERENCE, []), key}
    user.preferences = {**user.preferences, PREFERENCE: sorted(aside)}
    user.save(update_fields=["preferences"])
