from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.core.folds import Distinct
from umbel.core.registry import Kind
from umbel.core.work import hourly
from umbel.events import dues, listings, mails
from umbel.events.models import Attendance, Event

SESSIONS = {"session": "graduation-cap", "training": "sprout", "launch": "presentation"}
MEETINGS = {"group": "users", "statutory": "gavel", "visit": "map-pin", "visitor": "map-pin"}
ICONS = {
    **{kind: ("network", icon) for kind, icon in {**SESSIONS, **MEETINGS}.items()},
    "experts": ("advocacy", "landmark"),
    "jury": ("advocacy", "award"),
    "steering": ("advocacy", "flag"),
    "project": ("projects", "briefcase"),
}

registry.entry(
    "events.event", Event.objects.all, column="kind", part="part", beside=listings.beside,
    parts={part.value: part.label for part in Event.Part},
    kinds={kind.value: Kind(kind.label, *ICONS.get(kind.value, ("events", "calendar"))) for kind in Event.Kind},
)  # fmt: skip
registry.figure(
    "events.organised", _("Events organised"), lambda period: Event.objects.public_gatherings().within(period),
    definition=_("Gatherings that the confederation organised, co-organised or hosted and announced on a page."),
    rule=_(
        "Rule visibility: one row, one event; a series counts each session, assemblies count; meetings of groups and "
        "projects, training, visits, launches and campaigns do not."
    ),
)  # fmt: skip
registry.figure(
    "events.attended", _("Events attended"), lambda period: Event.objects.attended().within(period),
    definition=_("Gatherings of others in which the confederation took part."),
    rule=_("Open gatherings; meetings of expert groups, juries and projects are counted apart."),
)  # fmt: skip
registry.figure(
    "events.learning_sessions", _("Mutual learning sessions"), lambda period: Event.objects.sessions().within(period),
    rule=_("One row, one session."),
)  # fmt: skip
registry.figure(
    "events.learning_countries", _("Countries taking part in learning sessions"),
    lambda period: Attendance.objects.at_sessions(period),
    fold=Distinct("country"), rule=_("Different countries among those who took part in the sessions of the year."),
)  # fmt: skip
registry.figure(
    "events.visits", _("Visits to cooperatives"), lambda period: Event.objects.visits().within(period),
    rule=_("One row, one visit paid; a visit to two cooperatives at once is one."),
)  # fmt: skip

registry.figure(
    "events.on_behalf", _("Parts taken for another body"), lambda period: Event.objects.for_others().within(period),
    rule=_("Events in which we spoke for another body; they are among those attended and can be left out of our own."),
)  # fmt: skip

registry.listing("events.sessions", listings.sessions)
registry.listing("events.visits", listings.visits)
registry.listing("events.first_editions", listings.first_editions)
registry.listing("events.on_behalf", listings.on_behalf)
registry.due("events.events", dues.events)

hourly(mails.remind)
