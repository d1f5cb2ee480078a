"""What the desk shows of groups: who takes part, what they meet for and bring about."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from umbel.core.crud.sections import Section, View, section
from umbel.events.desk import FORM, GATHERING, GatheringSection, without_us
from umbel.events.models import Event, EventPartner, Speaker
from umbel.groups.models import Group, GroupMeeting, GroupOutput, Participant


@section
class GroupSection(Section):
    model = Group
    slug = "groups"
    group, place, icon = "network", 60, "messages-square"
    columns = ("name", "kind", "topic", "subject", "start", "end", "audience")
    sub = "kind"
    filters = ("kind", "topic", "in_force", "audience")
    views = (View(_("At work today"), "on=today"), View(_("Working groups"), "kind=working"))
    order = "name"
    form = ("name", "kind", "topic", "subject", "start", "end", "audience")
    parts = (Participant, GroupOutput)
    bulk = ("audience", "kind")
    few = True


@section
class ParticipantSection(Section):
    model = Participant
    slug = "participants-of-groups"
    icon = "users"
    columns = ("person", "organisation", "group", "start", "end")
    filters = ("group", "organisation", "in_force")
    views = (View(_("Today"), "on=today"),)
    form = ("group", "person", "organisation", "start", "end")
    order = "person"
    bulk = ()


@section
class GroupOutputSection(Section):
    model = GroupOutput
    slug = "results-of-groups"
    icon = "award"
    columns = ("text", "date", "group")
    form = ("group", "text", "date")
    order = "-date"
    bulk = ()


@section
class GroupMeetingSection(GatheringSection):
    model = GroupMeeting
    slug = "meetings-of-groups"
    icon = "calendar"
    columns = ("title", "date", "group", "format", "place", "country")
    wanted = ("date",)
    end, sub = "date", "group"
    filters = ("group", "date", "format")
    order = "-date"
    form = ("title", "group", *FORM[1:])
    parts = (EventPartner, Speaker)
    bulk = ("audience",)
    captures = ("working group", "groupe de travail", "grupo de trabajo", "gruppo di lavoro", "grupa robocza")
    takes = {"group": _("of"), **GATHERING}

    def completed(self, told: dict[str, list[Any]], _names: Any) -> dict[str, list[Any]]:
        return without_us(told) | {"kind": [Event.Kind.GROUP.value]}
