"""The words that the printed report adds of its own: heads, captions, remarks. A document brings them translated."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A name in braces is a place that the template fills.
GENERAL: Mapping[str, Promise] = {
    "contents": _("Contents"),
    "keywords": _("activity report"),
    "not_recorded": _("not recorded"),
    "nothing_recorded": _("Nothing is recorded for this chapter."),
    "undated": _("undated"),
    "month": _("Month"),
    "when": _("When"),
    "subject": _("Subject"),
    "in_year": _("In {year}"),
    "row": _("row"),
    "rows": _("rows"),
    "reported": _("reported"),
    "address": _("Address"),
    "cut": _("The first {shown} of {count}, by date; these figures open the rest: {figures}."),
    "cover_note": _("Each dot is one activity of the year, on the ray of its month."),
    "eu_emblem": _("Emblem of the European Union: a circle of twelve gold stars on a blue ground"),
}

READING: Mapping[str, Promise] = {
    "how_to_read": _("How to read the figures"),
    "how_drawn": _(
        "Every figure in this report is drawn from records that can be opened. Click on it, or look up its number at "
        "{address}, and the rows that were counted appear, with the rule and the day of counting. The foot of each "
        "page names the figures printed on it."
    ),
    "how_counted": _("counted: the number of its rows, as they stood at the end of the year"),
    "how_reported": _("reported: taken from a source outside the records, which is named"),
    "how_derived": _("derived: worked out from other figures"),
    "how_gap": _("a gap: nothing is printed where nothing is known"),
    "how_remark": _("a remark: told in a chapter, but without a date or a record of its own"),
}

GLANCE: Mapping[str, Promise] = {
    "glance_lead": _("{count} activities, month by month. An arrow marks a page to read."),
    "month_continued": _("{month}, continued"),
    "no_activities": _("No activity is recorded for this year."),
    "undated_heading": _("Without a month"),
    "long_year": _(
        "So many activities are told by their numbers: the table counts them by month and family. Of each month, the "
        "first {shown} follow, by date. The whole list is at {address} and in {file}."
    ),
    "not_public": _("Not public: {count}. The figures count these activities; the chart and the list leave them out."),
    "first_of": _("the first {shown} of {count}"),
}

NETWORK: Mapping[str, Promise] = {
    "statutory_meetings": _("Statutory meetings"),
    "body": _("Body"),
    "meeting": _("Meeting"),
    "place_and_host": _("Place and host"),
    "hosted_by": _("hosted by {hosts}"),
    "data_collection": _("Data collection"),
    "first_time": _("first edition"),
    "indicators": _("Indicators"),
    "languages": _("Languages: {count}. {languages}."),
    "learning": _("Learning from each other"),
    "with": _("With"),
    "format": _("Format"),
    "participants": _("Countries taking part: {count}. {countries}."),
    "working_groups": _("Working groups"),
    "group": _("Group"),
    "subject_and_result": _("Subject and result"),
    "meetings_in_year": _("Meetings in {year}"),
    "on_tour": _("On tour"),
    "visits_told": _("Visits to cooperatives, each tied to an occasion of the year: {count}."),
    "first_edition": _("First edition"),
}

ADVOCACY: Mapping[str, Promise] = {
    "positions": _("Positions of the year"),
    "no_positions": _("No position is recorded for this year."),
    "type": _("Type"),
    "stance": _("Stance"),
    "points": _("Asks and concerns"),
    "stance_support": _("Support"),
    "stance_qualified": _("Support with concerns"),
    "stance_mixed": _("Mixed"),
    "stance_opposed": _("Opposed"),
    "stance_legend": _("Filled: support. Half: support with concerns, or mixed. Ring: other standing."),
    "on_behalf": _("Speaking for others"),
    "occasion": _("Occasion"),
    "on_behalf_of": _("On behalf of"),
    "person": _("Person"),
    "pillar": _("Pillar {number}"),
    "pillar_centre": _("At its centre: {centre}."),
    "files": _("files"),
    "acts": _("acts"),
    "file": pgettext_lazy("policy file", "File"),
    "acts_by_month": _("Acts by month"),
    "no_files": _("No file is recorded under this pillar."),
    "across": _("Across the pillars"),
    "across_told": _("Files that run across the pillars: {count}. {files}."),
    "letters": _("Joint letters"),
    "addressees": _("Addressed to"),
    "signatories": _("Signatories"),
    "seats": _("Seats in expert groups"),
    "seat_group": _("Group"),
    "standing": _("Standing"),
    "activity": _("Activity in {year}"),
    "no_activity": _("no activity recorded"),
}

MONEY: Mapping[str, Promise] = {
    "line_number": pgettext_lazy("number", "No"),
    "line": _("Line"),
    "promised": _("Promised"),
    "delivered": _("Delivered"),
    "evidence": _("Evidence"),
    "heading_says": _("heading {figures}, sum of lines {sum}"),
    "heading_sum": _("sum of lines {sum}"),
    "and": _("and"),
    "also_line": _("also line {number}"),
    "also_lines": _("also lines {number}"),
    "supports": _("in support"),
    "no_evidence": _("no evidence recorded"),
    "grant_lines": _("Lines of the grant: {count}. On records that still lack a date: {undated}."),
    "grant_shared": _("Records that serve more than one line: {count}."),
    "grant_year": _("Year {number} of {count}."),
    "amount": _("Amount"),
    "no_grant": _("No grant is recorded for this year."),
    "no_projects": _("No project is recorded for this year."),
}

PEOPLE: Mapping[str, Promise] = {
    "channels": _("Followers by channel"),
    "channel": _("Channel"),
    "channels_note": _(
        "Followers by year; each chart has its own scale from zero. Growth is that of the year of the report."
    ),
    "told": _("What we told"),
    "about": _("About"),
    "stories_of": _("organisations portrayed: {organisations}; countries: {countries}"),
    "family_note": _("A filled badge is a seat on the board. Dashed: reached through another body."),
    "family_table": _("Memberships and seats"),
    "we_are": _("We are"),
    "through": _("through {body}"),
    "elected": _("since {date}"),
    "seat": _("Seat on the board"),
    "no_seat": _("no seat"),
    "seats_held": _("Seats held: {count}."),
    "no_family": _("No umbrella membership is recorded."),
    "map_note": _("Members on record at the end of the year. Equal-area projection."),
    "map_hatched": _("Hatched: takes part, but no member is on record: {countries}."),
    "members_by_country": _("By country"),
    "categories": _("Categories"),
    "uncategorised": _("Category not recorded"),
    "year_head": _("Year"),
    "compared": _("Compared with the year before"),
    "members_head": _("Members on record"),
    "countries_head": _("Countries"),
    "came": _("Joined"),
    "went": _("Left"),
    "no_change": _("no change on record"),
    "enterprise_types": _("Types of enterprise"),
    "no_members": _("No member is on record."),
    "no_board": _("No member of the board is on record."),
    "largest_share": _("{label}: {count}, the largest of one country."),
    "staff": _("Staff"),
    "no_staff": _("No member of staff is on record."),
    "interns": _("Interns in {year}: {count}. {names}."),
}

WORDS: Mapping[str, Promise] = {**GENERAL, **READING, **GLANCE, **NETWORK, **ADVOCACY, **MONEY, **PEOPLE}


def as_dict() -> dict[str, str]:
    """Return every word by its id, in the active language."""
    return {key: str(text) for key, text in WORDS.items()}
