"""What advocacy asks beyond the fields of its records."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from umbel.network.models import Person, Post
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
