from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class WebsiteConfig(AppConfig):
    name = "umbel.website"
    verbose_name = _("website")
    kept_by = (Role.COMMUNICATION,)

    def ready(self) -> None:
        # Imported here: models can be read only once the apps are loaded.
        from umbel.website.editing import redirects  # noqa: PLC0415 -- app ready

        redirects.connect()
