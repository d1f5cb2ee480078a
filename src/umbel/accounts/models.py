"""People who sign in."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.mail import send_mail
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.core.audience import Role


class LoginField(models.EmailField):  # type: ignore[type-arg]  # -- generic only for the type checker
    """An e-mail address by which somebody is known; upper and lower case are the same, and lower case is kept."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))


class UserManager(BaseUserManager["User"]):
    """Makes accounts; `umbel createsuperuser` makes the first."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make somebody who may do everything; whoever runs commands on the machine vouches for the address."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.vouch()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in; who they are in the network is a `Person` there."""

    Role = Role
    unlogged = ("email",)

    email = LoginField(
        _("e-mail"), unique=True, max_length=150, error_messages={"unique": _("There is an account for this e-mail.")}
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(
        _("role"),
        max_length=24,
        choices=Role,
        default=Role.NONE,
        blank=True,
        help_text=_("The work in the secretariat; people of member organisations have none."),
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    preferences = models.JSONField(_("preferences"), default=dict, blank=True)
    is_staff = models.BooleanField(_("may enter the engine room"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["name", "email"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_lower_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def email_user(self, subject: str, message: str, from_email: str | None = None, **kwargs: Any) -> None:
        send_mail(subject, message, from_email, [self.email], **kwargs)

    def wants(self, mail: str) -> bool:
        """Tell whether mails of a kind go to the user: unless they have refused them."""
        return self.preferences.get(mail) is not False

    def vouch(self) -> None:
        """Take the e-mail as proved: the account was made by a link sent there, or by the operator."""
        addresses = apps.get_model("account", "EmailAddress").objects
        addresses.update_or_create(user=self, email=self.email, defaults={"verified": True, "primary": True})

    def erase(self) -> None:
        """Close the account for good: the name stays, and nothing by which somebody is reached or signs in."""
        for session in apps.get_model("usersessions", "UserSession").objects.filter(user=self):
            session.end()
        for label in ("account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount"):
            apps.get_model(label).objects.filter(user=self).delete()
        self.email = f"erased-{self.pk}@account.invalid"
        self.set_unusable_password()
        self.is_active, self.last_login = False, None
        self.language, self.preferences = "", {}
        self.save()
