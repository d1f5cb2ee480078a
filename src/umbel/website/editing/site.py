"""The settings of the site: name, seat, logo, colours, languages, channels in the foot, the pages every site needs."""

from typing import Any, ClassVar

from django.contrib import messages
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField, Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from umbel.communication.models import Channel
from umbel.core.audience import keeps
from umbel.core.crud import editing
from umbel.core.crud.access import desk
from umbel.core.models import Confederation
from umbel.website.editing import blocks, system
from umbel.website.models import FrontBlock, Page
from umbel.website.starting.forms import LookForm, NameForm

PARTS = (
    (gettext_lazy("Name and purpose"), ("name", "long_name", "purpose", "funding_notice", "reporting_year")),
    (gettext_lazy("Logo and colours"), ("logo", "primary_colour", "accent_colour")),
    (gettext_lazy("Seat and contact"), ("street", "postcode", "city", "country", "website")),
    (gettext_lazy("Languages"), ("leading", "others")),
)
HALF = {"name", "primary_colour", "accent_colour", "street", "city", "country", "website", "reporting_year", "postcode"}


class SiteForm(LookForm, NameForm):
    """What visitors see of the confederation on every page: what the set-up asks in several steps, on one page."""

    channel = ModelMultipleChoiceField(
        Channel.objects.none(),
        label=gettext_lazy("Channels in the foot"),
        required=False,
        widget=CheckboxSelectMultiple,
    )

    class Meta(NameForm.Meta):
        fields: ClassVar[list[str]] = [*NameForm.Meta.fields, "funding_notice", *LookForm.Meta.fields]
        field_classes: ClassVar[dict[str, Any]] = LookForm.Meta.field_classes
        widgets: ClassVar[dict[str, Any]] = {
            **NameForm.Meta.widgets,
            **LookForm.Meta.widgets,
            "funding_notice": Textarea(attrs={"rows": 2}),
        }

    field_order = tuple(name for _title, names in PARTS for name in names)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels: Any = self.fields["channel"]
        channels.queryset = Channel.objects.visible_to(user)
        self.initial["channel"] = [channel.pk for channel in channels.queryset if channel.in_footer]

    def save(self, commit: bool = True) -> Confederation:
        """Let those channels stand in the foot that are ticked."""
        channels: Any = self.fields["channel"]
        for channel in channels.queryset:
            if channel.in_footer != (channel in self.cleaned_data["channel"]):
                channel.in_footer = not channel.in_footer
                channel.save()
        return super().save(commit)


def _own(request: HttpRequest) -> Confederation:
    """Return the confederation for who keeps the site. Raises `Http404` for others, and where none is on record."""
    own = Confederation.objects.first()
    if own is None or not keeps(request.user, "website"):
        raise Http404
    return own


@desk
def edit(request: HttpRequest) -> HttpResponse:
    """Show the settings of the site and keep what is sent; `show` only looks at colours, `take` takes one proposed."""
    own = _own(request)
    sent = request.POST.copy()
    if "take" in sent:
        sent["primary_colour"] = str(sent["take"])
    form = SiteForm(sent or None, request.FILES or None, instance=own, user=request.user)
    state, is_kept = editing.state_of(form), sent and not sent.keys() & {"show", "take"}
    differing = editing.overtaken(sent.get("seen", ""), state, form) if is_kept and form.is_valid() else []
    if is_kept and form.is_valid() and not differing:
        form.save()
        messages.success(request, _("The site was changed."))
        return redirect("desk.site")
    seen = editing.seen_by(sent.get("seen", ""), state, differing)
    context = {"form": form, "own": own, "parts": _parts(form), "seen": seen, "differing": differing}
    status = 409 if differing else 422 if form.errors and is_kept else 200
    return render(request, "website/editing/site.html", context | _around(request, form), status=status)


def _parts(form: SiteForm) -> list[tuple[Any, list[tuple[Any, str]]]]:
    return [(title, [(form[name], "w3" if name in HALF else "") for name in names]) for title, names in PARTS]


def _around(request: HttpRequest, form: SiteForm) -> dict[str, Any]:
    """Return what else the settings show: the channels, the pages that every site needs, the colours to look at."""
    channels: Any = form.fields["channel"]
    ticked = {int(pk) for pk in form["channel"].value() or () if str(pk).isdecimal()}
    pages = {page.path: page for page in Page.objects.visible_to(request.user).filter(path__in=system.PAGES)}
    return {
        "channels": [(channel, channel.pk in ticked) for channel in channels.queryset],
        "system_pages": [(path, title, pages.get(path)) for path, (title, _order) in system.PAGES.items()],
        "has_blocks": FrontBlock.objects.exists(),
        "primary": form["primary_colour"].value() or "",
        "accent": form["accent_colour"].value() or "",
    }


@desk
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Make the pages that every site needs, or the rows of the usual front page, so that they can be edited."""
    _own(request)
    if "blocks" in request.POST:
        if not FrontBlock.objects.exists():
            blocks.first_blocks()
        return redirect("desk.record.list", "front-page")
    made = system.make_missing() if "pages" in request.POST else []
    if made:
        messages.success(request, _("Drafts were made: %(pages)s.") % {"pages": ", ".join(str(page) for page in made)})
    return redirect("desk.site")
