from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class AdvocacyConfig(AppConfig):
    name = "umbel.advocacy"
    verbose_name = _("advocacy")
    kept_by = (Role.ADVOCACY,)
