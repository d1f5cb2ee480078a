from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class GovernanceConfig(AppConfig):
    name = "umbel.governance"
    verbose_name = _("governance")
    kept_by = (Role.MEMBERSHIP,)
