"""What falls due in advocacy: consultations and drafts that close, terms that end, files left by somebody gone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext as _

from umbel.advocacy.models import Appointment, Consultation, Draft, PolicyFile, Position, Seat
from umbel.core.dues import near
from umbel.core.registry import Reminder
from umbel.network.models import Person


def consultations(today: date, user: Any) -> Iterator[Reminder]:
    """Consultations that close before a position of ours is on their file; once closed they are late for a month."""
    opened = Coalesce(OuterRef("opens"), Substr(OuterRef("closes"), 1, 4))
    answers = Position.objects.filter(topics=OuterRef("file"), date__gte=opened)
    rows = Consultation.objects.visible_to(user).filter(~Exists(answers))
    for on, row in near(rows, "closes", today, behind=30):
        text = (
            _("“%(consultation)s” closes")
            if on.last_day >= today
            else _("“%(consultation)s” has closed without an answer of ours")
        )
        yield Reminder(on, text % {"consultation": row}, row)


def drafts(today: date, user: Any) -> Iterator[Reminder]:
    """Drafts on which comments end; one that is closed is late for half a year, until a position came of it."""
    rows = Draft.objects.visible_to(user).filter(position=None)
    for on, row in near(rows, "comments_to", today, ahead=30, behind=180):
        text = (
            _("Comments on “%(draft)s” end")
            if on.last_day >= today
            else _("Comments on “%(draft)s” have ended and it is no position yet")
        )
        yield Reminder(on, text % {"draft": row}, row)


def terms(today: date, user: Any) -> Iterator[Reminder]:
    """Terms on seats that end; one that has ended is late until another one follows."""
    later = Appointment.objects.filter(seat=OuterRef("seat"), date__gte=OuterRef("end")).exclude(
        date__startswith=OuterRef("end")
    )
    seats, people = Seat.objects.visible_to(user), Person.objects.visible_to(user)
    mine = Appointment.objects.visible_to(user).filter(Q(holder=None) | Q(holder__in=people), seat__in=seats)
    rows = mine.filter(~Exists(later)).select_related("seat", "holder")
    for on, row in near(rows, "end", today, ahead=90, behind=90):
        text = (
            _("The term on %(seat)s ends: %(holder)s")
            if on.last_day >= today
            else _("The term on %(seat)s has ended and no other follows: %(holder)s")
        )
        yield Reminder(on, text % {"seat": row.seat, "holder": row.holder or _("holder not recorded")}, row)


def files(today: date, user: Any) -> Iterator[Reminder]:
    """Policy files of somebody who has left the secretariat, late from the end of the last post on."""
    people = Person.objects.visible_to(user)
    for row in PolicyFile.objects.visible_to(user).left(today).filter(responsible__in=people):
        text = _("“%(file)s” needs somebody responsible: %(person)s has left") % {
            "file": row,
            "person": row.responsible,
        }
        yield Reminder(row.left_on, text, row)
