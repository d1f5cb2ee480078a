"""Invitations to make an account."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import LoginField, User
from umbel.core.audience import Role
from umbel.network.models.organisations import Organisation
from umbel.network.models.people import Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by state and by organisation."""

    def pending(self) -> Self:
        """Keep those that were neither accepted nor withdrawn, those too late to be accepted among them."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def stale(self) -> Self:
        """Keep those that have been over for as long as they are kept: accepted, withdrawn or too late to accept."""
        day = timezone.now() - Invitation.KEPT_FOR
        over = models.Q(accepted_at__lt=day) | models.Q(withdrawn_at__lt=day)
        return self.filter(over | models.Q(accepted_at=None, withdrawn_at=None, sent_at__lt=day - Invitation.GOOD_FOR))

    def of(self, token: str) -> Self:
        """Keep the pending invitation of a link; none where the link is not ours, too old, or was sent anew since."""
        try:
            number, sent_at = signing.loads(token, salt=Invitation.SALT, max_age=Invitation.GOOD_FOR)
        except signing.BadSignature:
            return self.none()
        return self.pending().filter(pk=number, sent_at=datetime.fromisoformat(sent_at))


class Invitation(models.Model):
    """Word sent to somebody by e-mail that they may make an account: good once, for fourteen days."""

    GOOD_FOR = timedelta(days=14)
    KEPT_FOR = timedelta(days=90)
    SALT = "umbel.invitation"

    email = LoginField(_("e-mail"), max_length=150)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=24, choices=Role, default=Role.NONE, blank=True)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    function = models.CharField(_("function"), max_length=200, blank=True)
    invited_by = models.ForeignKey(
        User, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="invitations_made"
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_pending_invitation_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + self.GOOD_FOR

    @property
    def is_for_the_house(self) -> bool:
        """Whether somebody comes to work in the secretariat: with a role, in the confederation's own organisation."""
        is_own = self.organisation is not None and self.organisation.kind == Organisation.Kind.SELF
        return bool(self.role) and is_own

    @property
    def is_over(self) -> bool:
        return self.expires_at < timezone.now()

    @property
    def is_pending(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def mark(self) -> str:
        """What a button knows of the last sending, so that pressing it twice sends once."""
        return self.sent_at.isoformat()

    @property
    def token(self) -> str:
        """What stands in the link; sending anew makes the link before worthless."""
        return signing.dumps([self.pk, self.mark], salt=self.SALT)
