"""What the chapters of the example report tell, as the web page and the PDF both place it."""

import pytest

from tests.acceptance.printout import sheets
from umbel.core import registry
from umbel.core.names import find_named
from umbel.core.periods import Period
from umbel.network.models import Organisation, Person
from umbel.projects.models import Project
from umbel.reports import document, printing

pytestmark = pytest.mark.django_db

YEAR = Period.year(2024)
CHAPTERS = [
    "introductions", "glance", "network", "advocacy", "grant", "projects", "visibility", "family", "members", "people",
    "about",
]  # fmt: skip


@pytest.fixture(scope="module")
def doc(report):
    return document.build(report, medium="print")


@pytest.fixture(scope="module")
def data(doc):
    """What a chapter shows, by its layout."""
    return {chapter["layout"]: chapter["data"] for chapter in doc["chapters"]}


def value(doc, ref):
    return doc["figures"][ref]["value"]


def test_report_has_every_chapter_of_the_real_one_and_the_grant(doc):
    assert [chapter["layout"] for chapter in doc["chapters"]] == CHAPTERS


def test_contents_name_the_page_on_which_each_chapter_begins(doc):
    paper = sheets(printing.pdf(doc))
    contents = [" ".join(word.text for word in paper[2].words if word.line == line) for line in range(80)]

    told = {
        chapter["title"]: int(line.split()[-1])
        for chapter in doc["chapters"]
        for line in contents
        if line.startswith(chapter["title"]) and line.split()[-1].isdigit()
    }
    begins = {title: next(sheet.number for sheet in paper[3:] if opens(sheet, title)) for title in told}

    assert told == begins
    assert len(told) == len(CHAPTERS)


def opens(sheet, title):
    """Whether a page begins with the title of a chapter, below the running head."""
    words = [word.text for word in sheet.words]
    return " ".join(words).removeprefix("CECOP Activity Report 2024 ").startswith(title)


def test_introductions_are_signed_by_function_and_by_no_name(doc):
    [chapter] = [chapter for chapter in doc["chapters"] if chapter["layout"] == "introductions"]

    signed = [passage["signed_by"] for slot, passage in chapter["passages"].items() if slot != "lead"]

    assert signed == ["President", "Secretary General"]


def test_credits_print_an_author_and_four_co_editors_in_their_correct_spelling(doc):
    credits = {credit["label"]: credit["text"] for credit in doc["credits"]}

    assert credits["Author"] == "Francesca Zaganelli"
    assert credits["Co-editors"] == "Diana Dovgan, Mickaël Bianchin, Nikolett Szolnoki, Ilaria Buttu"


def test_funding_is_named_with_its_emblem(doc):
    assert (doc["funding"]["title"], doc["funding"]["is_eu"]) == ("Funded by the European Union", True)


def test_members_are_fifteen_in_nine_countries_and_one_is_of_none(doc, data):
    countries = {row["label"]: len(row["names"]) for row in data["members"]["countries"]}

    assert sum(countries.values()) == 15
    assert (countries.pop("European"), len(countries)) == (1, 9)
    assert countries["Italy"] == 5


def test_board_prints_its_people_in_order_with_the_presidency_first(data):
    board = data["people"]["board"]

    assert (len(board), [person["in_presidency"] for person in board]) == (15, [True] * 5 + [False] * 10)
    assert (board[0]["name"], board[0]["role"], board[0]["country"]) == ("Giuseppe Guerini", "President", "Italy")


def test_staff_prints_six_posts_and_two_interns(data):
    assert (len(data["people"]["staff"]), len(data["people"]["interns"])) == (6, 2)
    assert "Mickaël Bianchin" in [person["name"] for person in data["people"]["staff"]]


def test_general_assembly_was_in_rome_with_its_host(data):
    [assembly] = [meeting for meeting in data["network"]["meetings"] if meeting["body"] == "General Assembly"]

    told = {name: assembly[name] for name in ("when", "where", "hosts", "undated")}

    assert told == {"when": "June", "where": "Rome, Italy", "hosts": "Legacoop Produzione e Servizi", "undated": False}


def test_board_meetings_are_told_without_a_date(data):
    board = [meeting for meeting in data["network"]["meetings"] if meeting["body"] == "Board"]

    assert [(meeting["when"], meeting["undated"]) for meeting in board] == [("", True)] * 2


def test_learning_sessions_are_of_one_theme_and_seven_countries(doc, data):
    [edition] = data["network"]["sessions"]

    assert len(edition["rows"]) == 3
    assert {row["with"] for row in edition["rows"]} == {"DIESIS"}
    assert value(doc, edition["fig"]) == "7"
    assert len(edition["countries"].replace(" and ", ", ").split(", ")) == 7


def test_visits_on_tour_are_four(data):
    told = [(visit["when"], visit["where"].split(",")[0]) for visit in data["network"]["visits"]]

    assert [place for _, place in told] == ["Imola", "Rome (Trastevere)", "Brussels", "Brussels"]
    assert told[-1][0] == "11 December"


def test_first_edition_is_new_in_its_year_and_not_in_the_next(data):
    titles = [edition["title"] for edition in data["network"]["editions"]]

    assert titles == ["What is CECOP's role in the EU? (members visit the EU institutions)"]
    assert registry.get_listing("events.first_editions", Period.year(2025)) == []


def test_letters_print_over_eighty_seventeen_and_a_gap(doc, data):
    numbers = [letter["fig"] and value(doc, letter["fig"]) for letter in data["advocacy"]["letters"]]

    assert sorted(map(str, numbers)) == ["17", "None", "over 80"]


def test_pillars_hold_eighteen_files_and_six_run_across(doc, data):
    pillars = data["advocacy"]["pillars"]

    assert [len(pillar["files"]) for pillar in pillars] == [6, 9, 3]
    assert [value(doc, pillar["files_fig"]) for pillar in pillars] == ["6", "9", "3"]
    assert value(doc, data["advocacy"]["across_fig"]) == "6"


def test_months_of_a_file_add_up_to_its_figure(doc, data):
    files = [file for pillar in data["advocacy"]["pillars"] for file in pillar["files"]]

    assert [sum(file["months"]) for file in files] == [int(value(doc, file["fig"])) for file in files]


def test_positions_have_a_stance_or_a_gap(data):
    positions = data["advocacy"]["positions"]

    assert len(positions) == 9
    assert {position["stance"] for position in positions} <= {"support", "qualified", "mixed", "opposed", ""}


def test_spoken_for_others_are_the_ilo_and_the_delegation(data):
    told = {part["title"].split()[0]: part["behalf"] for part in data["advocacy"]["on_behalf"]}

    assert told == {"EPSCO": "Social Platform", "ILO": "CICOPA and ICA"}


def test_grant_prints_its_third_year_of_four_and_its_seventeen_lines(doc, data):
    [grant] = data["grant"]["grants"]
    lines = [line for heading in grant["headings"] for line in heading["lines"]]

    assert (doc["figures"][grant["ordinal_fig"]]["ordinal"], value(doc, grant["years_fig"])) == ("third", "4")
    assert [line["number"] for line in lines] == list(range(1, 18))
    assert [line["number"] for line in lines if line["undated"]] == [9, 14, 17]


def test_headings_of_the_grant_print_the_sum_of_their_lines(doc, data):
    [grant] = data["grant"]["grants"]

    for heading in grant["headings"]:
        assert int(value(doc, heading["sum_fig"])) == sum(int(value(doc, line["fig"])) for line in heading["lines"])
    parts = {
        heading["name"]: [(value(doc, part["fig"]), part["label"]) for part in heading["parts"]]
        for heading in grant["headings"]
    }
    assert parts["Events and campaign"] == [("8", "Events under the grant"), ("1", "Campaigns under the grant")]
    assert parts["Publications"] == [("3", "Publications under the grant")]


def test_lines_that_share_a_record_name_each_other(data):
    [grant] = data["grant"]["grants"]
    also = {line["number"]: line["also"] for heading in grant["headings"] for line in heading["lines"] if line["also"]}

    assert {number: [int(other) for other in others] for number, others in also.items()} == {
        1: [3], 2: [10], 3: [1], 4: [12], 10: [2], 12: [4],
    }  # fmt: skip


def test_projects_print_what_is_known_and_gaps_for_the_rest(doc, data):
    facts = {
        project["name"]: {fact["label"]: fact for fact in project["facts"]} for project in data["projects"]["projects"]
    }

    assert value(doc, facts["ORIGAMI"]["Countries"]["fig"]) == "6"
    assert facts["SKIFT"]["Start"]["value"] == "2023"
    assert (facts["ORIGAMI"]["Programme"]["value"], facts["ORIGAMI"]["Start"]["value"]) == ("", "")


def test_family_has_six_bodies_and_five_seats_of_two_people(doc, data):
    family = data["family"]

    assert len(family["bodies"]) == 6
    assert {person["name"]: value(doc, person["fig"]) for person in family["by_person"]} == {
        "Diana Dovgan": "2",
        "Giuseppe Guerini": "3",
    }
    assert [row["body"] for row in family["bodies"] if row["on_behalf"]] == ["ICA"]


def test_footer_names_the_open_channels(data):
    assert sorted(channel["name"] for channel in data["visibility"]["footer"]) == [
        "Bluesky",
        "Facebook",
        "LinkedIn",
        "YouTube",
    ]


@pytest.mark.parametrize(
    ("model", "spellings"),
    [
        (Organisation, ["SMART", "Smart", "smart"]),
        (Organisation, ["Cooperative Europe", "Cooperatives Europe"]),
        (Project, ["SKIFT", "SKI.F.T.", "Skift"]),
        (Project, ["ORIGAMI", "Origami"]),
        (Person, ["Mickaël Bianchin", "Mickael Bianchin"]),
        (Person, ["Jarmo Hänninen", "jarmo hanninen"]),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
def test_record_is_found_under_each_spelling(example, model, spellings):
    found = {find_named(name, model.objects.all()).get() for name in spellings}

    assert len(found) == 1
