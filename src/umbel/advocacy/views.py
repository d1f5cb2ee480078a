"""Pages of the desk that are about advocacy alone."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from umbel.advocacy.forms import HandOverForm
from umbel.advocacy.models import Comment, Draft, PolicyFile
from umbel.core.audience import Audience, audiences_of, require
from umbel.core.crud.access import desk
from umbel.core.crud.sections import section_of
from umbel.core.crud.views import bulk


@desk
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Ask who is responsible for the picked policy files from now on, then say so in each of them."""
    require(request.user, "advocacy.change_policyfile")
    section = section_of(PolicyFile)
    files = bulk.picked(request, section)
    if refusal := bulk.refused(files):
        messages.warning(request, refusal)
        return redirect(section.url)
    form = HandOverForm(request.POST if "sure" in request.POST else None, user=request.user)
    if not form.is_valid():
        return render(
            request, "advocacy/hand_over.html", {"form": form, "files": files}, status=422 if form.errors else 200
        )
    with transaction.atomic():
        for row in files:
            require(request.user, "advocacy.change_policyfile", row)
            row.responsible = form.cleaned_data["person"]
            row.save()
    told = {"number": len(files), "person": form.cleaned_data["person"]}
    text = ngettext(
        "%(person)s is responsible for one policy file more.",
        "%(person)s is responsible for %(number)s policy files more.",
        len(files),
    )
    messages.success(request, text % told)
    return redirect(section.url)


@desk
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what members say of a draft, and which of them have said nothing."""
    draft = get_object_or_404(section_of(Draft).rows(request.user), pk=pk)
    found = draft.comments.select_related("organisation", "person").order_by("organisation__name", "date", "pk")
    mine = audiences_of(request.user)
    context = {
        "draft": draft,
        "section": section_of(Draft),
        "comments": [(each, each.organisation if each.organisation.audience in mine else None) for each in found],
        "silent": draft.silent().visible_to(request.user).order_by("name"),
        "is_for_members": draft.audience == Audience.MEMBERS,
        "list": section_of(Comment).url,
    }
    return render(request, "advocacy/answers.html", context)
