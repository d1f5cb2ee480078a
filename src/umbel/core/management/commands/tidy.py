from typing import Any

from umbel.core.commands import Command as Base
from umbel.core.tidying import erase_all


class Command(Base):
    help = (
        "Erase what is kept for a time only: mail in the outbox and deleted records after thirty days, the marks of "
        "forms that were sent after two, contact data and accounts some years after the last function, old "
        "invitations, files that no record holds. Run it once a day."
    )
    example = "umbel tidy"
    reports_json = True

    def handle(self, *args: Any, **options: Any) -> None:
        erased = list(erase_all())
        if options["json"]:
            self.print_json({key: number for key, _label, number in erased})
            return
        self.stdout.write(f"Erased: {', '.join(f'{number} {label}' for _key, label, number in erased)}.")
