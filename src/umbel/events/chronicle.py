from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.core.folds import Distinct
from umbel.core.registry import Kind
from umbel.events import listings
from umbel.events.models import Attendance, Event

FAMILIES = {
    "network": {"session": "graduation-cap", "group": "users", "statutory": "gavel", "visit": "map-pin", "visitor": "map-pin", "training": "sprout", "launch": "presentation"},
    "advocacy": {"experts": "landmark", "jury": "award", "steering": "flag"},
    "projects": {"project": "briefcase"},
}  # fmt: skip
ICONS = {kind: (family, icon) for family, kinds in FAMILIES.items() for kind, icon in kinds.items()}

registry.entry(
    "events.event", Event.objects.all, column="kind", part="part", parts={part.value: part.label for part in Event.Part}, beside=listings.beside,
    kinds={kind.value: Kind(kind.label, *ICONS.get(kind.value, ("events", "calendar"))) for kind in Event.Kind},
)  # fmt: skip
registry.figure(
    "events.organised", _("Events organised"), lambda period: Event.objects.public_gatherings().within(period),
    definition=_("Gatherings that the confederation organised, co-organised or hosted and announced on a page."),
    rule=_("Rule visibility: one row, one event; a series counts each session, assemblies count; meetings of groups and projects, training, visits, launches and campaigns do not."),
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
    lambda period: Attendance.objects.filter(edition__year=period.end.year, edition__events__kind=Event.Kind.SESSION).distinct().select_related("edition__series"),
    fold=Distinct("country"), rule=_("Different countries among those who took part in the sessions of the year."),
)  # fmt: skip
registry.figure(
    "events.visits", _("Visits to cooperatives"), lambda period: Event.objects.visits().within(period),
    rule=_("One row, one visit paid; a visit to two cooperatives at once is one."),
)  # fmt: skip

registry.listing("events.sessions", listings.sessions)
registry.listing("events.visits", listings.visits)
registry.listing("events.first_editions", listings.first_editions)
registry.listing("events.on_behalf", listings.on_behalf)
