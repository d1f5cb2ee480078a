"""The audit of the example year: what was printed against the records, and what the records leave open."""

import json

import pytest

from tests.acceptance.conftest import printed

pytestmark = pytest.mark.django_db

# Claims that do not simply agree: key, printed, on record, state.
DISPUTED = [
    ("F01", "27", "15", "contradicts"),
    ("F02", "16", "9", "contradicts"),
    ("F14", "3", "4", "contradicts"),
    ("F15", "9", "8", "contradicts"),
    ("F16", "10", "8", "contradicts"),
    ("F18", "3", "2", "contradicts"),
    ("F24", "3,411", "3,411", "doubled"),
    ("F25", "3,495", "3,495", "doubled"),
    ("F33a", "−0.3%", "−0.4%", "rounding"),
    ("F03", "4", "", "missing"),
    ("F35", "16", "", "missing"),
    ("F42", "3", "", "missing"),
    ("F43", "2021", "", "missing"),
    ("F44", "2022", "", "missing"),
    ("F45", "2023", "", "missing"),
    ("F46", "1977", "", "missing"),
]
AGREED = {
    "board meetings": ("F05", "F06"),
    "learning sessions": ("F07", "F08"),
    "internal newsletter": ("F11", "F12"),
    "publications under the grant": ("F13",),
    "positions": ("F17",),
    "videos": ("F19",),
    "external newsletter": ("F20", "F21"),
    "COOPTALES": ("F22",),
    "website": ("F26", "F27", "F28"),
    "followers": ("F29v", "F29g", "F30v", "F30g", "F31v", "F31g", "F32"),
    "growth": ("F33b", "F33c", "F33d"),
    "numbers of others": ("F34", "F36", "F37", "F41"),
    "languages of the SNAPSHOT": ("F40",),
}
CHAPTERS_ONLY = "o01a o01b o02 o03a o03b o03c o03d o03e o03f o03g o03h o03i o04 o05 o06 o07 o08"
LISTING_ONLY = "t04 t06 t08 t09 t10 t11 t16 t20 t21 t23 t24 t25 t28 t29 t33 t37 t40 t41 t42 t44 t53 t54 t55 t59 t60 t62"


@pytest.fixture(scope="module")
def claims(audit):
    return {claim["key"]: claim for claim in audit["claims"]}


@pytest.fixture(scope="module")
def checks(audit):
    return {check["key"]: check["findings"] for check in audit["checks"]}


def ids(findings):
    return sorted(row["id"] for finding in findings for row in finding["rows"])


def texts(findings):
    return [finding["text"] for finding in findings]


def rows(claim, side):
    return {row["id"] for row in claim[side]}


@pytest.mark.parametrize(("key", "stated", "recorded", "state"), DISPUTED, ids=[row[0] for row in DISPUTED])
def test_disputed_claim_shows_both_numbers(claims, key, stated, recorded, state):
    claim = claims[key]

    assert (claim["printed"], claim["recorded"], claim["state"]) == (stated, recorded, state)


@pytest.mark.parametrize("keys", AGREED.values(), ids=AGREED.keys())
def test_claim_agrees_with_the_records(claims, keys):
    assert [claims[key]["state"] for key in keys] == ["agrees"] * len(keys)
    assert [claims[key]["printed"] for key in keys if key not in {"F33d", "F37"}] == [
        claims[key]["recorded"] for key in keys if key not in {"F33d", "F37"}
    ]


def test_no_other_claim_is_disputed(claims):
    disputed = {key for key, claim in claims.items() if claim["state"] != "agrees"}

    assert disputed == {row[0] for row in DISPUTED}


def test_totals_count_the_claims_in_each_state(audit):
    assert audit["totals"] == {"agrees": 37, "contradicts": 6, "rounding": 1, "missing": 7, "doubled": 2}


def test_growth_of_x_results_only_when_decimals_are_cut_off(claims):
    assert "0.377" in claims["F33a"]["note"]
    assert claims["F33a"]["recorded"] == "−0.4%"


def test_growth_printed_without_decimals_agrees_with_its_interval(claims):
    assert (claims["F33d"]["printed"], claims["F33d"]["recorded"], claims["F33d"]["state"]) == (
        "+7%",
        "+7.2%",
        "agrees",
    )


def test_two_numbers_for_the_mailing_list_name_each_other(claims):
    assert claims["F24"]["against"] == "grant: 3,495"
    assert claims["F25"]["against"] == "visibility: 3,411"


def test_events_of_the_two_rules_differ_by_named_rows(claims):
    grant, visibility = claims["F15"], claims["F16"]

    assert rows(grant, "only_here") == {"o02"}
    assert rows(grant, "only_there") == {"t30"}
    assert rows(visibility, "only_here") == {"t30"}
    assert rows(visibility, "only_there") == {"o02"}


def test_each_of_two_rules_is_told_with_its_claim(claims):
    assert claims["F15"]["rule"].startswith("Rule grant")
    assert claims["F16"]["rule"].startswith("Rule visibility")


def test_publication_of_february_is_outside_the_grant(claims):
    assert rows(claims["F14"], "only_here") == {"t06"}
    assert rows(claims["F14"], "only_there") == set()


def test_activities_told_in_chapters_and_not_listed(checks):
    assert ids(checks["records.unlisted"]) == CHAPTERS_ONLY.split()


def test_activities_listed_and_told_in_no_chapter(checks):
    assert ids(checks["records.untold"]) == LISTING_ONLY.split()
    assert len(checks["records.untold"]) == 26


def test_seats_and_memberships_without_activity(checks):
    named = [text.split(":")[0] for text in texts(checks["advocacy.silent_seats"])]

    assert sorted(named) == ["DG EMPL Stakeholders Dialogue", "EU Industrial Forum", "REVES"]


def test_evidence_that_stands_under_two_lines(checks):
    assert ids(checks["grant.shared"]) == ["t17", "t31", "t46"]


def test_every_line_of_the_grant_rests_on_a_record(checks):
    assert (checks["grant.unproven"], checks["grant.targets"]) == ([], [])


def test_heading_that_counts_a_campaign_among_events(checks):
    assert texts(checks["grant.headings"]) == ["“Events and campaign” also holds “Campaign”."]
    assert ids(checks["grant.headings"]) == ["d10"]


def test_records_dated_to_the_year_only(checks):
    editions = [f"o03{letter}" for letter in "abcdefghi"]

    assert ids(checks["records.undated"]) == ["o01a", "o01b", "o02", *editions]


def test_seven_outcomes_are_claimed_and_four_rest_on_no_record(checks):
    told = texts(checks["advocacy.outcomes"])

    assert len(told) == 7
    assert sum(text.endswith("rests on no record.") for text in told) == 4


def test_outcome_of_most_efforts_names_the_seven_records_of_its_file(checks):
    [told] = [text for text in texts(checks["advocacy.outcomes"]) if "Most efforts" in text]

    assert told.split(" rests on ")[1].count("“") == 7


def test_channels_that_stand_in_one_place_only(checks):
    assert ids(checks["communication.channels"]) == ["bluesky", "x"]


def test_no_record_of_the_report_lies_outside_its_year(checks):
    assert (checks["records.outside"], checks["advocacy.early"]) == ([], [])


def test_no_number_of_a_figure_is_typed_in_the_report(checks):
    assert checks["texts.typed"] == []


def test_audit_in_json_has_the_promised_form(audit):
    claim, check = audit["claims"][0], audit["checks"][0]

    assert list(audit)[:4] == ["year", "totals", "claims", "checks"]
    assert set(claim) >= {"key", "place", "statement", "printed", "recorded", "state", "figure", "rule", "note"}
    assert {"only_here", "only_there", "against"} <= set(claim)
    assert list(check) == ["key", "label", "findings"]
    assert len(audit["claims"]) == 53


def test_audit_in_words_tells_claims_and_checks(example):
    text = printed("audit", "2024")

    lines = [" ".join(line.split()) for line in text.splitlines()]

    assert "Contradicts 10 / 8 Events (visibility)" in lines
    assert "Activities in the year at a glance and told in no chapter: 26" in lines


def test_audit_on_the_site_says_what_the_command_says(visitor, audit):
    page = visitor.get("/audit/2024.json").json()

    assert page["totals"] == audit["totals"]
    assert [claim["state"] for claim in page["claims"]] == [claim["state"] for claim in audit["claims"]]


def test_audit_page_can_be_narrowed_to_what_contradicts(visitor):
    page = visitor.get("/audit/2024/?state=contradicts").text

    assert page.count('<article class="claim') == 6


def test_audit_of_a_year_without_a_report_still_reads_the_records(example):
    told = json.loads(printed("audit", "2023", "--json"))

    assert told["claims"] == []
    assert {check["key"] for check in told["checks"]} >= {"advocacy.silent_seats", "grant.unproven", "records.undated"}
