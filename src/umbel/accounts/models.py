"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who signs in; who they are in the network is a `Person` there."""

    class Role(models.TextChoices):
        NONE = "", _("none")
        SECRETARIAT = "secretariat", _("secretariat")
        ADMINISTRATOR = "administrator", _("administrator")

    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.NONE, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
