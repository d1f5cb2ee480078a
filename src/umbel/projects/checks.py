"""What the audit asks of the grants."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from umbel.core.formatting import join
from umbel.core.periods import Period
from umbel.core.registry import Finding
from umbel.projects.models import Deliverable, Heading, Proof

UNPROVEN = gettext_lazy("Lines of the grant without evidence"), gettext_lazy("Attach the record that proves the line.")
SHARED = gettext_lazy("Records that prove two lines of the grant"), gettext_lazy("Decide under which line it counts.")
MIXED = gettext_lazy("Headings that add up different things"), gettext_lazy("Print the parts apart.")
SHORT = (
    gettext_lazy("Lines delivered short of what was promised"),
    gettext_lazy("Attach what is missing, or tell the funder."),
)


def unproven_lines(period: Period) -> Iterator[Finding]:
    for line in Deliverable.objects.of_year(period).filter(proofs=None).select_related("heading__grant"):
        yield Finding(_("“%(line)s” rests on no record.") % {"line": line}, (line,))


def short_lines(period: Period) -> Iterator[Finding]:
    """Lines with fewer counted records than promised; those without any are told by `unproven_lines`."""
    lines = (
        Deliverable.objects.of_year(period).with_delivered().filter(delivered__gt=0).select_related("heading__grant")
    )
    for line in lines:
        if line.delivered < line.target:
            told = {"line": line, "delivered": line.delivered, "target": line.target}
            yield Finding(_("“%(line)s”: %(delivered)s of %(target)s.") % told, (line,))


def shared_evidence(period: Period) -> Iterator[Finding]:
    """Records that stand under two lines, with both."""
    lines: dict[tuple[int, int], list[Proof]] = {}
    for proof in Proof.objects.of_year(period).select_related("deliverable").prefetch_related("record"):
        lines.setdefault((proof.content_type_id, proof.object_id), []).append(proof)
    for proofs in lines.values():
        if len(proofs) > 1:
            names = join([f"“{proof.deliverable}”" for proof in proofs])
            yield Finding(
                _("%(record)s proves %(lines)s.") % {"record": proofs[0].record, "lines": names},
                tuple(proof.record for proof in proofs[:1] if proof.record),
            )


def mixed_headings(period: Period) -> Iterator[Finding]:
    """Headings that count one thing and hold lines of another nature."""
    found = Heading.objects.filter(year=period.end.year).exclude(counts="")
    for heading in found.select_related("grant").prefetch_related("deliverables"):
        wanted = Deliverable.Nature.EVENT if heading.counts == Heading.Counts.EVENTS else Deliverable.Nature.PUBLICATION
        others = [line for line in heading.deliverables.all() if line.nature != wanted]
        if others:
            text = _("“%(heading)s” also holds %(others)s.") % {
                "heading": heading,
                "others": join([f"“{line}”" for line in others]),
            }
            yield Finding(text, tuple(others))
