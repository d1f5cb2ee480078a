from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class WebsiteConfig(AppConfig):
    name = "umbel.website"
    verbose_name = _("website")
    kept_by = (Role.COMMUNICATION,)
