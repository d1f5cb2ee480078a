"""Records to choose from while somebody types a name."""

from django.apps import apps
from django.http import Http404, HttpRequest, JsonResponse

from umbel.core.crud.access import desk
from umbel.core.crud.anything import proposed
from umbel.core.crud.fields import near_by
from umbel.core.records import Record


@desk
def propose(request: HttpRequest, kind: str) -> JsonResponse:
    """Return up to eight records of a kind that the person may see and whose name fits what was typed."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise Http404(kind) from error
    if not issubclass(model, Record):
        raise Http404(kind)
    rows = near_by(model._default_manager.visible_to(request.user), _typed(request))
    return JsonResponse({"rows": [{"number": row.pk, "text": str(row)} for row in rows]})


@desk
def propose_any(request: HttpRequest) -> JsonResponse:
    """Return records of any kind that the person may see, each with its kind."""
    return JsonResponse({"rows": proposed(_typed(request), request.user)})


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "")[:100]
