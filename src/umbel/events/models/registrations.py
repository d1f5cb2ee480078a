"""Who is to come to an event; who spoke there and who took part in the end are facts of their own."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from umbel.core.audience import Audience, is_in_audience, visible_rows
from umbel.core.dates import PartialDate
from umbel.core.models import Kept, RecordQuerySet
from umbel.events.models.gatherings import Event
from umbel.network.models import Organisation, Person
from umbel.network.models.people import is_of_somebody_seen

REMINDED_BEFORE = timedelta(days=2)


class RegistrationQuerySet(RecordQuerySet):
    """Registrations by their state."""

    def visible_to(self, user: Any) -> Self:
        """Keep what is meant for a user, of people whom they see."""
        return super().visible_to(user).filter(visible_rows(user, Person, "person"))

    def live(self) -> Self:
        return self.exclude(state=Registration.State.WITHDRAWN)

    def registered(self) -> Self:
        return self.filter(state=Registration.State.REGISTERED)

    def waiting(self) -> Self:
        """Keep the waiting list, whoever waits longest first."""
        return self.filter(state=Registration.State.WAITING).order_by("made_at", "pk")

    def to_remind(self, day: date) -> Self:
        """Keep those who come within two days and registered before today, and were not reminded so far."""
        days = [str(PartialDate.of(day + timedelta(days=number + 1))) for number in range(REMINDED_BEFORE.days)]
        before = self.registered().filter(event__date__in=days, reminded_at=None)
        return before.filter(made_at__date__lt=day)


class Registration(Kept):
    """Somebody who is to come to an event, for whom they come, and whether there is a place for them."""

    date_path = "event__date"

    class State(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("for an event", "registered")
        WAITING = "waiting", _("on the waiting list")
        WITHDRAWN = "withdrawn", pgettext_lazy("from an event", "withdrawn")

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
        help_text=_("For which they come. Whoever speaks for it sees the registration and can withdraw it."),
    )
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.REGISTERED)
    made_at = models.DateTimeField(pgettext_lazy("for an event", "registered"), default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    audience = models.CharField(_("audience"), max_length=16, choices=Audience, default=Audience.PARTICIPANTS)

    objects: ClassVar[Any] = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["event", "made_at", "pk"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        rules_permissions: ClassVar[dict[str, Any]] = {"view": is_in_audience & is_of_somebody_seen}
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="registration_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.event}"
