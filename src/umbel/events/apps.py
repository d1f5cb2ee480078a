from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class EventsConfig(AppConfig):
    name = "umbel.events"
    verbose_name = _("events")
    kept_by = (Role.MEMBERSHIP, Role.ADVOCACY, Role.COMMUNICATION)

    def ready(self) -> None:
        # Imported here: models can be read only once the apps are loaded.
        from umbel.events import registering  # noqa: PLC0415 -- app ready

        registering.connect()
