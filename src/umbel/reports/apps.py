from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class ReportsConfig(AppConfig):
    name = "umbel.reports"
    verbose_name = _("reports")
    kept_by = (Role.COMMUNICATION,)
