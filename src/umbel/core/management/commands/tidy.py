from typing import Any

from django.utils import timezone

from umbel.core import outbox, wastebasket
from umbel.core.commands import Command as Base
from umbel.core.crud.sending import KEPT_FOR
from umbel.core.models import Submission


class Command(Base):
    help = (
        "Erase what is kept for a time only: mail in the outbox and deleted records after thirty days, the marks of "
        "forms that were sent after two. Run it once a day."
    )
    example = "umbel tidy"
    reports_json = True

    def handle(self, *args: Any, **options: Any) -> None:
        forms, _kinds = Submission.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
        erased = {"mails": outbox.forget(), "deletions": wastebasket.forget(), "forms": forms}
        if options["json"]:
            self.print_json(erased)
            return
        self.stdout.write(
            "Erased: {mails} mails, {deletions} deleted records, marks of {forms} forms.".format(**erased)
        )
