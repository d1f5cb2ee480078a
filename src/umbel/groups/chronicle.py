from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.groups import figures, listings
from umbel.groups.models import Group, GroupMeeting, Participant
from umbel.network import retention

registry.figure(
    "groups.active", _("Working groups active"), lambda period: Group.objects.working().overlapping(period),
    rule=_("Working groups in being at any time of the period."),
)  # fmt: skip
registry.figure(
    "groups.meetings", _("Meetings of working groups"),
    lambda period: GroupMeeting.objects.of_working_groups().within(period),
    rule=_("One row, one meeting; steering committees are not counted."),
)  # fmt: skip

registry.family("groups.meetings.", figures.meetings)
registry.listing("groups.groups", listings.groups)
retention.functions(Participant.objects.all)
