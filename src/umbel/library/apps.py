from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class LibraryConfig(AppConfig):
    name = "umbel.library"
    verbose_name = _("library")
    kept_by = (Role.MEMBERSHIP, Role.ADVOCACY, Role.COMMUNICATION)
