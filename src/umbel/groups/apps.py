from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class GroupsConfig(AppConfig):
    name = "umbel.groups"
    verbose_name = _("groups")
    kept_by = (Role.MEMBERSHIP, Role.ADVOCACY)
