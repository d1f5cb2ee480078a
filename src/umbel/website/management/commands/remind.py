from typing import Any

from django.utils import timezone

from umbel.core.commands import Command as Base
from umbel.website.member.reminding import remind


class Command(Base):
    help = "Send people of the network what is asked of their organisations. Run it once a week."
    example = "umbel remind"
    reports_json = True

    def handle(self, *args: Any, **options: Any) -> None:
        counts = remind(timezone.localdate())
        if options["json"]:
            self.print_json(counts)
            return
        self.stdout.write(
            "{sent} mails sent, {failed} taken by no server, {nothing} people asked nothing.".format(**counts)
        )
