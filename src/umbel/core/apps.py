from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "umbel.core"
    verbose_name = _("confederation")

    def ready(self) -> None:
        from umbel.core import registry, tracking  # noqa: PLC0415 -- app ready

        tracking.connect()
        registry.autodiscover()
