"""What is asked of somebody who votes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from umbel.core.crud.columns import capitalised
from umbel.governance.models import Ballot, Voter


class BallotForm(forms.Form):
    """The choice of one vote on a roll; each has a form of its own on the page."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
    )

    def __init__(self, data: Any, *, voter: Voter) -> None:
        self.voter = voter
        self.ballot: Ballot | None = getattr(voter, "ballot", None)
        is_sent = data is not None and data.get("voter") == str(voter.pk)
        initial = {"choice": self.ballot.choice} if self.ballot else {}
        super().__init__(data if is_sent else None, initial=initial, prefix=f"v{voter.pk}")
        self.fields["choice"].choices = list(capitalised(Ballot.Choice.choices))  # type: ignore[attr-defined]  # -- a choice field
