"""What the bodies have resolved."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from umbel.core.dates import PartialDateField
from umbel.core.models import Named
from umbel.core.prose.fields import ProseField
from umbel.governance.models.bodies import Body, Meeting
from umbel.governance.models.polls import Poll


class Resolution(Named):
    """A decision of a body: adopted by a vote, or in a meeting."""

    searched = ("text", "number")

    name = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number"), max_length=40, blank=True, help_text=_("As the register counts: 2026/7."))
    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="resolutions")
    date = PartialDateField(_("adopted on"), null=True, blank=True)
    poll = models.ForeignKey(
        Poll, verbose_name=_("vote"), null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions"
    )
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions"
    )
    text = ProseField(_("text"), blank=True)

    class Meta:
        ordering = ["-date", "-number", "name"]
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")

    def clean(self) -> None:
        """Refuse a vote or a meeting of another body, and a vote that carried nothing."""
        wrong = {}
        for name in ("poll", "meeting"):
            row = getattr(self, name)
            if row is not None and row.body_id != self.body_id:
                wrong[name] = _("This is of another body.")
        if self.poll and not (self.poll.is_closed and self.poll.result.is_carried):
            wrong.setdefault("poll", _("This vote has carried nothing."))
        if wrong:
            raise ValidationError(wrong)
