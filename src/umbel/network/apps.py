from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class NetworkConfig(AppConfig):
    name = "umbel.network"
    verbose_name = _("network")
    kept_by = (Role.MEMBERSHIP, Role.ADVOCACY)

    def ready(self) -> None:
        autodiscover_modules("todo")
