"""What organisations change of their own page, and what the secretariat looks at first."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from umbel.accounts.models import User
from umbel.core.audience import keeps, visible_rows
from umbel.core.models import Kept
from umbel.network.models.organisations import Organisation, label_of


class EditRule(Kept):
    """Whether an organisation changes a field of its page itself; a field without a rule keeps the one it came with."""

    class Rule(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        REVIEWED = "reviewed", _("after a look by the secretariat")
        CLOSED = "closed", _("by the secretariat alone")

    CAME_WITH: ClassVar[dict[str, str]] = {
        "description": Rule.AT_ONCE,
        "website": Rule.AT_ONCE,
        "email": Rule.AT_ONCE,
        "phone": Rule.AT_ONCE,
        "city": Rule.AT_ONCE,
        "logo": Rule.AT_ONCE,
        "name": Rule.REVIEWED,
        "long_name": Rule.REVIEWED,
        "country": Rule.REVIEWED,
        "founded": Rule.REVIEWED,
        "activity": Rule.REVIEWED,
        "enterprise_type": Rule.REVIEWED,
    }
    """The fields of an organisation that can be opened to it, and the rule that each came with."""

    FIELDS: ClassVar[Any] = [(name, label_of(name)) for name in CAME_WITH]
    field = models.CharField(_("field"), max_length=40, unique=True, choices=FIELDS)
    rule = models.CharField(_("changes take effect"), max_length=16, choices=Rule)

    class Meta:
        ordering = ["field"]
        verbose_name = _("rule of self-service")
        verbose_name_plural = _("rules of self-service")

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.get_rule_display()}"

    @property
    def is_possible(self) -> bool:
        """Whether the field can be changed so: a picture cannot wait for a look."""
        return (self.field, self.rule) != ("logo", self.Rule.REVIEWED)

    def clean(self) -> None:
        if not self.is_possible:
            raise ValidationError({"rule": _("A picture cannot wait for a look: open it at once, or keep it closed.")})

    @classmethod
    def rules(cls) -> dict[str, str]:
        """Return the rule of each field."""
        return {**cls.CAME_WITH, **dict(cls.objects.values_list("field", "rule"))}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposed changes by who sees them and by whether they wait."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for those who keep the network, one's own for anybody else."""
        if keeps(user, "network"):
            return self.filter(visible_rows(user, Organisation, "organisation"))
        return self.filter(made_by=user) if user.is_authenticated else self.none()

    def waiting(self) -> Self:
        return self.filter(state=Proposal.State.WAITING)


class Proposal(models.Model):
    """A change of its page that an organisation asks for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="proposed_changes"
    )
    field = models.CharField(_("field"), max_length=40)
    value = models.TextField(_("value"), blank=True, editable=False)
    before = models.TextField(_("on record"), blank=True)
    after = models.TextField(_("proposed"), blank=True)
    made_by = models.ForeignKey(
        User, verbose_name=_("proposed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("proposed"), default=timezone.now)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "field"],
                condition=models.Q(state="waiting"),
                name="one_waiting_proposal_a_field",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.label}"

    @property
    def label(self) -> str:
        """What the field is called."""
        return str(label_of(self.field))
