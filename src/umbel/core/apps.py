from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "umbel.core"
    verbose_name = _("confederation")

    def ready(self) -> None:
        from umbel.core import languages, registry, tracking  # noqa: PLC0415 -- app ready
        from umbel.core.crud import sections  # noqa: PLC0415 -- app ready
        from umbel.core.search import keeping  # noqa: PLC0415 -- app ready

        tracking.connect()
        languages.connect(self.get_model("Confederation"))
        keeping.connect(self)
        autodiscover_modules("rules")
        registry.autodiscover()
        sections.autodiscover()
