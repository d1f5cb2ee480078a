from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class CommunicationConfig(AppConfig):
    name = "umbel.communication"
    verbose_name = _("communication")
    kept_by = (Role.COMMUNICATION,)
