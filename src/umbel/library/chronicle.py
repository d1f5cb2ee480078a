from django.utils.translation import gettext_lazy as _

from umbel.core import registry
from umbel.core.registry import Kind
from umbel.core.tidying import erased
from umbel.library import pictures, showing
from umbel.library.models import LanguageVersion, Publication
from umbel.network import retention

registry.entry(
    "library.publication", Publication.objects.all, column="kind",
    kinds=dict.fromkeys(Publication.Kind.values, Kind(_("Publication"), "communication", "library")),
)  # fmt: skip
registry.figure(
    "library.publications", _("Publications of the year"), lambda period: Publication.objects.within(period),
    definition=_("Texts that the confederation published."),
    rule=_("One row, one publication, whatever the number of its languages; paid by a grant or not."),
)  # fmt: skip
registry.figure(
    "library.snapshot_languages", _("Languages of statistical publications"),
    lambda period: LanguageVersion.objects.of(Publication.objects.statistical().within(period)),
    rule=_("Language versions of the statistical publications of the period."),
)  # fmt: skip
retention.beside(showing.photographs_of)
erased("pictures", "pictures made of photographs", pictures.forget)
