from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class EventsConfig(AppConfig):
    name = "umbel.events"
    verbose_name = _("events")
    kept_by = (Role.MEMBERSHIP, Role.ADVOCACY, Role.COMMUNICATION)
