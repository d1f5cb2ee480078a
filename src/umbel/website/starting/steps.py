"""The steps of the set-up, in their order."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

NAME, LOOK, WORDS, STATUTES, ADMINISTRATOR, MAIL, MEMBERS = (
    "name", "look", "words", "statutes", "administrator", "mail", "members",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One page of the set-up."""

    slug: str
    label: Any
    title: Any
    lede: Any

    @property
    def url(self) -> str:
        return reverse("starting.step", args=[self.slug])


STEPS = [
    Step(
        NAME, _("Name"), _("Who are you?"), _("This stands on every page and in print. All of it can be changed later.")
    ),
    Step(LOOK, _("Look"), _("Logo and colours"), _("Two colours are enough: everything else follows from them.")),
    Step(WORDS, _("Words"), _("Your words"), _("The categories of your members, and the types of enterprise, if any.")),
    Step(
        STATUTES,
        _("Statutes"),
        _("What the statutes say"),
        _("Leave open what they do not say. Convocations, quorum and proxies are checked against it."),
    ),
    Step(
        ADMINISTRATOR,
        _("Administrator"),
        _("Your account"),
        _("The first account may do everything. With it, the link that brought you here is void."),
    ),
    Step(MAIL, _("Mail"), _("Does mail go out?"), _("Invitations, reminders and newsletters need a mail server.")),
    Step(
        MEMBERS,
        _("Members"),
        _("Your members"),
        _("Bring them in from a spreadsheet, type the first ones, or come back."),
    ),
]


def find(slug: str) -> int:
    """Return the place of a step. Raises StopIteration where there is none."""
    return next(number for number, step in enumerate(STEPS) if step.slug == slug)


def after(slug: str) -> str:
    """Return the address of the step after one; after the last it is the desk."""
    place = find(slug) + 1
    return STEPS[place].url if place < len(STEPS) else reverse("desk.home")
