from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class CollectionConfig(AppConfig):
    name = "umbel.collection"
    verbose_name = _("collection")
    kept_by = (Role.MEMBERSHIP,)
