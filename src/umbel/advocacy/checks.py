"""What the audit asks of advocacy."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.advocacy.models import Appointment, Consultation, Outcome, PolicyFile, Position, Seat, SeatMeeting
from umbel.core.formatting import join
from umbel.core.periods import Period
from umbel.core.registry import Finding
from umbel.events.models import Event
from umbel.network.models import UmbrellaMembership

SILENT_SEATS = (
    gettext_lazy("Seats and memberships without activity"),
    gettext_lazy("Record what was done, or end the term."),
)
OUTCOMES = (
    gettext_lazy("Outcomes claimed and their evidence"),
    gettext_lazy("Link the acts and documents that show it."),
)
LATE = gettext_lazy("Replies dated after their consultation closed"), gettext_lazy("Check both dates.")
LEFT = gettext_lazy("Policy files of somebody who has left"), gettext_lazy("Say who is responsible now.")
EARLY = gettext_lazy("Positions dated before what they answer"), gettext_lazy("Check both dates.")


def silent_seats(period: Period) -> Iterator[Finding]:
    """Seats outside boards without a meeting, position or appointment; umbrella bodies met at no event."""
    touching = [
        kind.objects.filter(seat=OuterRef("pk")).within(period) for kind in (SeatMeeting, Position, Appointment)
    ]
    for seat in Seat.objects.exclude(kind=Seat.Kind.BOARD).filter(*(~Exists(acts) for acts in touching)):
        yield Finding(
            _("%(seat)s: no meeting, position or appointment in %(period)s.") % {"seat": seat, "period": period},
            (seat,),
        )
    body = OuterRef("body")
    met = Event.objects.within(period).filter(Q(partners__organisation=body) | Q(on_behalf_of=body))
    elected = Appointment.objects.filter(seat__body=body).within(period)
    silent = UmbrellaMembership.objects.in_force(period).filter(~Exists(met), ~Exists(elected))
    for row in silent.select_related("body"):
        yield Finding(_("%(body)s: no act of %(period)s names it.") % {"body": row.body, "period": period}, (row,))


def outcomes(period: Period) -> Iterator[Finding]:
    """Outcomes claimed for the period with the state of their evidence, those without any first."""
    claimed = Outcome.objects.filter(date__within=period).prefetch_related("evidence__record")
    for outcome in sorted(claimed, key=lambda row: len(row.evidence.all())):
        records = join([f"“{row}”" for row in outcome.evidence.all()]) if outcome.evidence.all() else _("no record")
        yield Finding(_("“%(claim)s” rests on %(records)s.") % {"claim": outcome.claim, "records": records}, (outcome,))


def late_replies(period: Period) -> Iterator[Finding]:
    """Positions on the file of a consultation that are certainly dated after it closed."""
    closed = list(Consultation.objects.filter(closes__within=period))
    on_file: dict[int, list[Position]] = {}
    answering = Position.objects.within(period).filter(topics__in=[consultation.file_id for consultation in closed])
    for position in answering.annotate(on_topic=F("topics")):
        on_file.setdefault(position.on_topic, []).append(position)
    for consultation in closed:
        for position in on_file.get(consultation.file_id, []):
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


def left_files(period: Period) -> Iterator[Finding]:
    """Policy files whose responsible person had left the secretariat at the end of the period."""
    for row in PolicyFile.objects.left(period.on):
        told = {"file": row, "person": row.responsible}
        yield Finding(
            _("“%(file)s” is in the hands of %(person)s, whose post has ended.") % told, (row, row.responsible)
        )
