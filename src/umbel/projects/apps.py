from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class ProjectsConfig(AppConfig):
    name = "umbel.projects"
    verbose_name = _("projects")
    kept_by = (Role.FINANCE,)
