"""A mail as it left the house."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails by what became of them and by what they say."""

    def over(self) -> Self:
        """Keep those that have been kept long enough."""
        return self.filter(at__lt=timezone.now() - Mail.KEPT_FOR)

    def narrow(self, text: str) -> Self:
        """Keep those with each word of a text in the subject or among the recipients."""
        rows = self
        for word in text.split():
            rows = rows.filter(models.Q(subject__icontains=word) | models.Q(recipients__icontains=word))
        return rows


class Mail(models.Model):
    """One mail to its recipients, without the files that were attached, and what became of it."""

    KEPT_FOR = timedelta(days=30)

    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        HELD = "held", _("would have been sent")
        FAILED = "failed", _("failed")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    sender = models.CharField(pgettext_lazy("mail", "from"), max_length=320)
    recipients = models.TextField(
        pgettext_lazy("mail", "to"), help_text=_("All of them, those of copies too, separated by commas.")
    )
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict)
    attachments = models.JSONField(_("attachments"), default=list, help_text=_("Name, type and size in bytes of each."))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, db_index=True)
    reason = models.CharField(_("why it failed"), max_length=500, blank=True)
    is_masked = models.BooleanField(_("links for one person are masked"), default=False)

    objects: ClassVar[Any] = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")

    def __str__(self) -> str:
        return self.subject

    @property
    def can_be_sent_again(self) -> bool:
        """Whether what is kept is the whole mail: no masked link, no attachment."""
        return self.outcome == self.Outcome.FAILED and not self.is_masked and not self.attachments
