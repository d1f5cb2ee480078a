"""What the audit asks of advocacy."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from umbel.advocacy.models import Appointment, Consultation, Outcome, Position, Seat
from umbel.core.formatting import join
from umbel.core.periods import Period
from umbel.core.registry import Finding
from umbel.events.models import Event
from umbel.network.models import UmbrellaMembership

SILENT_SEATS = _l("Seats and memberships without activity"), _l("Record what was done, or end the term.")
OUTCOMES = _l("Outcomes claimed and their evidence"), _l("Link the acts and documents that show it.")
LATE = _l("Replies dated after their consultation closed"), _l("Check both dates.")
EARLY = _l("Positions dated before what they answer"), _l("Check both dates.")


def silent_seats(period: Period) -> Iterator[Finding]:
    """Seats outside boards without a meeting, position or appointment; umbrella bodies met at no event."""
    for seat in Seat.objects.exclude(kind=Seat.Kind.BOARD):
        touched = (
            seat.meetings.within(period).exists()
            or seat.positions.within(period).exists()
            or Appointment.objects.filter(seat=seat).within(period).exists()
        )
        if not touched:
            yield Finding(
                _("%(seat)s: no meeting, position or appointment in %(period)s.") % {"seat": seat, "period": period},
                (seat,),
            )
    for row in UmbrellaMembership.objects.in_force(period).select_related("body"):
        met = Event.objects.within(period).filter(Q(partners__organisation=row.body) | Q(on_behalf_of=row.body))
        elected = Appointment.objects.filter(seat__body=row.body).within(period)
        if not met.exists() and not elected.exists():
            yield Finding(_("%(body)s: no act of %(period)s names it.") % {"body": row.body, "period": period}, (row,))


def outcomes(period: Period) -> Iterator[Finding]:
    """Outcomes claimed for the period with the state of their evidence, those without any first."""
    claimed = Outcome.objects.filter(date__within=period).prefetch_related("evidence__record")
    for outcome in sorted(claimed, key=lambda row: len(row.evidence.all())):
        records = join([f"“{row}”" for row in outcome.evidence.all()]) if outcome.evidence.all() else _("no record")
        yield Finding(_("“%(claim)s” rests on %(records)s.") % {"claim": outcome.claim, "records": records}, (outcome,))


def late_replies(period: Period) -> Iterator[Finding]:
    """Positions on the file of a consultation that are certainly dated after it closed."""
    for consultation in Consultation.objects.filter(closes__within=period).select_related("file"):
        for position in Position.objects.within(period).filter(topics=consultation.file):
            if position.date and consultation.closes.certainly_before(position.date):
                told = {"position": position, "consultation": consultation}
                text = _("“%(position)s” is dated after the consultation “%(consultation)s” closed.")
                yield Finding(text % told, (position, consultation))


def early_positions(period: Period) -> Iterator[Finding]:
    """Positions certainly dated before every milestone of their file in the period."""
    for position in Position.objects.within(period).prefetch_related("topics__policyfile__milestones"):
        steps = [
            step
            for topic in position.topics.all()
            if hasattr(topic, "policyfile")
            for step in topic.policyfile.milestones.all()
        ]
        if steps and position.date and all(position.date.certainly_before(step.date) for step in steps):
            text = _("“%(position)s” is dated before “%(step)s”.") % {"position": position, "step": steps[0]}
            yield Finding(text, (position, steps[0]))
