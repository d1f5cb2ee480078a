"""What advocacy asks beyond the fields of its records."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from umbel.advocacy.models import Comment
from umbel.core.crud.columns import capitalised
from umbel.core.crud.forms import RecordForm
from umbel.network.models import Organisation, Person, Post
from umbel.network.rules import today


class HandOverForm(forms.Form):
    """Who is responsible from now on: somebody who works in the secretariat today."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("Responsible"),
        empty_label=None,
        help_text=_("Whoever works in the secretariat today."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.own().in_force(today())
        field: Any = self.fields["person"]
        field.queryset = Person.objects.visible_to(user).filter(pk__in=posts.values("person"))


SAID = [choice for choice in Comment.Kind.choices if choice[0] != Comment.Kind.NONE]


class CommentForm(RecordForm):
    """What a member says of a draft; whoever speaks for several says for which, as long as the comment is new.

    That a member has no remark is said by a button, and not here.
    """

    class Meta:
        model = Comment
        fields: ClassVar[list[str]] = ["organisation", "kind", "passage", "text", "suggestion"]
        widgets: ClassVar[dict[str, Any]] = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 5}),
            "suggestion": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = capitalised(SAID)
        if self.instance.kind == Comment.Kind.NONE:
            self.initial["kind"] = Comment.Kind.CHANGE
        if self.instance.pk is None and len(organisations) == 1:
            self.instance.organisation = organisations[0]
        if self.instance.organisation_id is None:
            fields["organisation"].queryset = Organisation.objects.filter(pk__in=[each.pk for each in organisations])
            fields["organisation"].empty_label = None
        else:
            del fields["organisation"]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"draft", "organisation"}

    def _post_clean(self) -> None:
        """Say beside the passage that there is a comment on it already; the page opens at what is wrong first."""
        super()._post_clean()
        for error in self.errors.pop(NON_FIELD_ERRORS, ()):
            self.add_error("passage", error)
        for name in [name for name in self.fields if name in self.errors][:1]:
            self.fields[name].widget.attrs["autofocus"] = True
