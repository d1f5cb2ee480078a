import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbel.core import charts
from umbel.core.charts import (
    Act,
    Body,
    Caption,
    Drawing,
    Family,
    Phase,
    Point,
    PrintPalette,
    Ray,
    ScreenPalette,
)
from umbel.core.palette import print_palette

SVG = "{http://www.w3.org/2000/svg}"
SCREEN = ScreenPalette()
PRINT = PrintPalette(print_palette("#14495c", "#e3a21a"))
DEEP = PrintPalette(PRINT.colours, on_deep=True)
NASTY = '<&"'
NAMES = {"IT": "Italy", "MT": "Malta", "FR": "France", "BR": "Brazil"}
MONTHS = ["Jan", "Feb", "Mar"]
FAMILIES = [Family("advocacy", "Advocacy", (2, 0, 1)), Family("events", "Events", (1, 0, 3))]
SERIES = [Point("2021", 2972), Point("2022", 3194), Point("2023", None), Point("2024", 3599)]
BODIES = [Body("Alpha", "member", "AB"), Body("Beta"), Body("Gamma", "through Alpha", "AB", "Alpha")]
YEARS = [2023, 2024, 2025]


def every_chart(palette, title="Title", word="Word"):
    """One drawing of each kind, with `word` wherever a text of the records goes."""
    caption = Caption(title)
    common = {"caption": caption, "palette": palette}
    return {
        "umbel": charts.umbel([Ray(word, ("advocacy", "events")), Ray("Feb", ())], **common),
        "stacked_months": charts.stacked_months([word, *MONTHS[1:]], [Family("advocacy", word, (1, 2, 0))], **common),
        "narrow_months": charts.stacked_months([word, *MONTHS[1:]], FAMILIES, narrow=True, **common),
        "columns": charts.columns([Point(word, 1), *SERIES], highlight="2024", **common),
        "country_map": charts.country_map(
            {"IT": 5, "MT": 1, "BR": 1}, names=NAMES | {"BR": word}, hatched=["FR", "AD"], **common
        ),
        "country_outline": charts.country_outline(["FR", "MT"], names={"FR": word}, **common),
        "family": charts.family([*BODIES, Body(word, word, word[:2])], root=word, **common),
        "phases": charts.phases([Phase(word, word)], [Act(word, 2024, 2)], YEARS, **common),
        "spark": charts.spark([Point(word, 1), *SERIES], **common),
        "plate": charts.plate(word, **common),
    }


def no_data(palette):
    common = {"caption": Caption("Title", empty="nothing yet"), "palette": palette}
    return {
        "umbel": charts.umbel([Ray("Jan", ())], **common),
        "stacked_months": charts.stacked_months(MONTHS, [Family("events", "Events", (0, 0, 0))], **common),
        "columns": charts.columns([Point("2024", None)], **common),
        "country_map": charts.country_map({}, names={}, **common),
        "country_outline": charts.country_outline([], names={}, **common),
        "family": charts.family([], root="Root", **common),
        "phases": charts.phases([], [], YEARS, **common),
        "spark": charts.spark([], **common),
    }


KINDS = sorted(every_chart(PRINT))


def marks(drawing: Drawing, tag: str) -> list[dict[str, str]]:
    return [element.attrib for element in ElementTree.fromstring(drawing.svg).iter(SVG + tag)]


def texts(drawing: Drawing) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(drawing.svg).iter(SVG + "text")]


@pytest.mark.parametrize("palette", [SCREEN, PRINT, DEEP], ids=["screen", "print", "deep"])
@pytest.mark.parametrize("kind", KINDS)
def test_drawing_names_and_describes_itself(kind, palette):
    drawing = every_chart(palette)[kind]

    root = ElementTree.fromstring(drawing.svg)
    title, description = root[0], root[1]

    assert (root.tag, root.get("role")) == (SVG + "svg", "img")
    assert (title.tag, title.text) == (SVG + "title", "Title")
    assert (description.tag, description.text) == (SVG + "desc", drawing.description)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert drawing.description


@pytest.mark.parametrize("palette", [SCREEN, PRINT], ids=["screen", "print"])
@pytest.mark.parametrize("kind", KINDS)
def test_drawing_escapes_what_people_wrote(kind, palette):
    drawing = every_chart(palette, title=NASTY, word=NASTY)[kind]

    root = ElementTree.fromstring(drawing.svg)

    assert root[0].text == NASTY
    assert "<&" not in drawing.svg


@pytest.mark.parametrize("kind", KINDS)
def test_screen_drawing_has_classes_and_no_style_or_colour(kind):
    svg = every_chart(SCREEN)[kind].svg

    assert "style=" not in svg
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?!-)", svg.replace("url(#", "url(")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_ids_differ_between_drawings_and_stay_the_same_between_runs(kind):
    first, again, other = (
        every_chart(PRINT)[kind],
        every_chart(PRINT)[kind],
        every_chart(PRINT, "Other")[kind],
    )

    assert first.svg == again.svg
    ids = [set(re.findall(r' id="([^"]+)"', drawing.svg)) for drawing in (first, other)]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("kind", KINDS)
def test_table_has_a_cell_for_each_column(kind):
    drawing = every_chart(PRINT)[kind]

    assert drawing.rows
    assert {len(row) for row in drawing.rows} == {len(drawing.columns)}


@pytest.mark.parametrize("palette", [SCREEN, PRINT], ids=["screen", "print"])
@pytest.mark.parametrize("kind", sorted(no_data(PRINT)))
def test_no_data_says_so(kind, palette):
    drawing = no_data(palette)[kind]

    assert texts(drawing) == ["nothing yet"]
    assert (drawing.description, drawing.rows) == ("nothing yet", ())


def test_caption_brings_the_readers_language():
    caption = Caption("Abonnés", heads=("Année", "Valeur"), number=lambda value: f"{value:_.0f}".replace("_", " "))

    drawing = charts.columns([Point("2024", 3599)], caption=caption, palette=PRINT)

    assert (drawing.columns, drawing.description) == (("Année", "Valeur"), "2024 3 599.")
    assert "3 599" in texts(drawing)


@pytest.mark.parametrize("counts", [[1], [3, 8, 5, 7, 6, 10, 5, 1, 3, 7, 8, 3], [0, 60, 90, 8, 0, 35, 140]])
def test_umbel_has_one_dot_a_record_and_none_hides_another(counts):
    rays = [Ray(f"Group {index}", ("events",) * count) for index, count in enumerate(counts)]

    drawing = charts.umbel(rays, caption=Caption("Year"), palette=DEEP)

    dots = [(float(dot["cx"]), float(dot["cy"]), float(dot["r"])) for dot in marks(drawing, "circle")]
    assert len(dots) == sum(counts)
    assert drawing.rows == tuple((ray.label, len(ray.dots)) for ray in rays)
    for index, (x, y, r) in enumerate(dots):
        assert 0 <= x - r
        assert x + r <= charts.COVER.width
        assert all((x - ox) ** 2 + (y - oy) ** 2 > r**2 for ox, oy, _ in dots[:index])


def test_umbel_gives_each_dot_the_colour_of_its_family():
    drawing = charts.umbel([Ray("Jan", ("events", "advocacy"))], caption=Caption("Year"), palette=SCREEN)

    assert [dot["class"] for dot in marks(drawing, "circle")] == ["f5", "f1"]


def test_stacked_months_are_proportional_and_add_up():
    drawing = charts.stacked_months(MONTHS, FAMILIES, caption=Caption("Year"), palette=SCREEN)

    tall = {rect["class"]: float(rect["height"]) + 1.6 for rect in marks(drawing, "rect") if float(rect["x"]) > 700}
    assert tall["f5"] == pytest.approx(3 * tall["f1"], rel=0.01)
    assert drawing.columns == ("Month", "Advocacy", "Events", "Total")
    assert drawing.rows == (("Jan", 2, 1, 3), ("Feb", 0, 0, 0), ("Mar", 1, 3, 4))
    assert drawing.description == "Jan 3 (Advocacy 2, Events 1); Feb 0; Mar 4 (Advocacy 1, Events 3)"


@pytest.mark.parametrize(
    ("palette", "narrow", "width"), [(SCREEN, False, 1136), (SCREEN, True, 340), (PRINT, False, 170)]
)
def test_stacked_months_have_the_width_of_their_place(palette, narrow, width):
    drawing = charts.stacked_months(MONTHS, FAMILIES, caption=Caption("Year"), palette=palette, narrow=narrow)

    assert ElementTree.fromstring(drawing.svg).get("viewBox", "").split()[2] == str(width)


def test_stacked_months_refuse_a_family_without_a_count_for_each_month():
    with pytest.raises(ValueError, match="one count for each month"):
        charts.stacked_months(MONTHS, [Family("events", "Events", (1,))], caption=Caption("Year"), palette=PRINT)


VALUES = st.one_of(st.none(), st.integers(0, 10**7), st.floats(0, 1e7, allow_nan=False))


@given(values=st.lists(VALUES, min_size=1, max_size=12))
def test_columns_stay_in_the_frame_and_rise_with_the_values(values):
    series = [Point(str(2000 + index), value) for index, value in enumerate(values)]

    drawing = charts.columns(series, caption=Caption("Series"), palette=PRINT)

    _, _, width, height = map(float, ElementTree.fromstring(drawing.svg).get("viewBox", "").split())
    bars = [{key: float(rect[key]) for key in ("x", "y", "width", "height")} for rect in marks(drawing, "rect")]
    for bar in bars:
        assert bar["x"] >= 0
        assert bar["y"] >= 0
        assert bar["x"] + bar["width"] <= width + 0.01
        assert bar["y"] + bar["height"] <= height + 0.01
    if any(value is not None for value in values):
        known = sorted((v, bar["height"]) for v, bar in zip(values, bars, strict=True) if v is not None)
        assert [tall for _, tall in known] == sorted(tall for _, tall in known)


def test_columns_tell_zero_from_no_data():
    drawing = charts.columns(
        [Point("2022", 0), Point("2023", None), Point("2024", 4)], caption=Caption("S"), palette=SCREEN
    )

    assert [rect["class"] for rect in marks(drawing, "rect")] == ["q2", "nodata", "q2"]
    assert texts(drawing) == ["0", "2022", "—", "2023", "4", "2024"]
    assert drawing.rows == (("2022", 0), ("2023", None), ("2024", 4))


def test_columns_refuse_a_negative_value():
    with pytest.raises(ValueError, match="negative"):
        charts.columns([Point("2024", -1)], caption=Caption("S"), palette=PRINT)


def test_country_map_shades_counts_hatches_and_loses_nobody():
    drawing = every_chart(SCREEN)["country_map"]

    assert texts(drawing) == ["5", "1", "Not on the map: Word 1"]
    assert drawing.rows == (
        ("AD", "known, not named"),
        ("France", "known, not named"),
        ("Italy", 5),
        ("Malta", 1),
        ("Word", 1),
    )
    fills = [path.get("fill", "") for path in marks(drawing, "path")]
    assert sum(fill.startswith("url(#") for fill in fills) == 2
    assert [dot["class"] for dot in marks(drawing, "circle")][0] == "s-ink"


def test_country_map_keeps_discs_apart():
    counts = dict.fromkeys(["BE", "NL", "LU", "DE", "CH", "AT", "SI", "HR", "LI"], 2)

    drawing = charts.country_map(counts, names={}, caption=Caption("Map"), palette=PRINT)

    discs = [(float(d["cx"]), float(d["cy"])) for d in marks(drawing, "circle") if d["r"] == "2.6"]
    assert len(discs) == len(counts)
    for index, (x, y) in enumerate(discs):
        assert all((x - ox) ** 2 + (y - oy) ** 2 > 5.2**2 for ox, oy in discs[:index])


def test_country_outline_zooms_to_its_countries_whole():
    land = charts.atlas()
    drawing = charts.country_outline(["FI", "CY", "PT"], names={}, caption=Caption("Map"), palette=PRINT)

    x, y, width, height = map(float, ElementTree.fromstring(drawing.svg).get("viewBox", "").split())
    scale = float(marks(drawing, "g")[0]["transform"][6:-1])

    assert (x >= 0, y >= 0, width <= 80.01) == (True, True, True)
    for code in ("FI", "CY", "PT"):
        left, top, right, foot = (edge * scale for edge in land.countries[code].box)
        assert x <= left
        assert right <= x + width
        assert y <= top
        assert foot <= y + height


def test_atlas_holds_every_member_state_of_the_union():
    union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()

    assert [code for code in union if code not in charts.atlas().countries] == []
    for code, country in charts.atlas().countries.items():
        assert 0 <= country.label[0] <= 1000, code


@pytest.mark.parametrize("count", range(1, 13))
def test_family_lays_out_any_number_of_bodies(count):
    bodies = [
        Body(f"European federation number {index}", "member", "AB" if index % 2 else "") for index in range(count)
    ]

    drawing = charts.family(bodies, root="Root", caption=Caption("Family"), palette=PRINT)

    rings = [
        (float(ring["cx"]), float(ring["cy"]), float(ring["r"]))
        for ring in marks(drawing, "circle")
        if "stroke" in ring
    ]
    _, _, width, height = map(float, ElementTree.fromstring(drawing.svg).get("viewBox", "").split())
    assert len(rings) == count
    for index, (x, y, r) in enumerate(rings):
        assert r <= x <= width - r
        assert r <= y <= height - r
        assert all((x - ox) ** 2 + (y - oy) ** 2 > (2 * r) ** 2 for ox, oy, _ in rings[:index])
    assert texts(drawing).count("AB") == count // 2


@pytest.mark.parametrize(
    ("bodies", "dashed"),
    [
        (BODIES, 1),
        ([Body("A", through="B"), Body("B", through="A")], 2),
        ([Body("A", through="nobody we know")], 1),
        ([Body("A"), Body("B", through="A"), Body("C", through="B"), Body("D", through="B")], 3),
    ],
    ids=["one behind another", "circle", "unknown", "chain"],
)
def test_family_dashes_what_is_reached_through_another(bodies, dashed):
    drawing = charts.family(bodies, root="Root", caption=Caption("Family"), palette=PRINT)

    assert sum("stroke-dasharray" in path for path in marks(drawing, "path")) == dashed
    assert {row[0] for row in drawing.rows} <= {*texts(drawing)}


def test_phases_set_acts_in_their_month_and_unknown_months_apart():
    acts = [Act("Webinar", 2024, 10), Act("Meeting", 2024, 2), Act("Visit", 2023)]

    drawing = charts.phases([Phase("One"), Phase("Two")], acts, YEARS, caption=Caption("P"), palette=SCREEN)

    dots = marks(drawing, "circle")
    assert [dot["class"] for dot in dots] == ["t-surface s-ink", "t-accent s-ink", "t-accent s-ink"]
    assert [float(dot["cx"]) for dot in dots] == sorted(float(dot["cx"]) for dot in dots)
    assert drawing.rows == (
        ("One", ""),
        ("Two", ""),
        ("Webinar", "2024-10"),
        ("Meeting", "2024-02"),
        ("Visit", "2023"),
    )


def test_spark_breaks_where_there_is_no_data():
    drawing = charts.spark(SERIES, caption=Caption("S"), palette=SCREEN)

    assert marks(drawing, "path")[0]["d"].count("M") == 2
    assert ElementTree.fromstring(drawing.svg).get("viewBox") == "0 0 88 24"


def test_plate_is_the_same_for_the_same_identifier_only():
    common = {"caption": Caption("Picture"), "palette": SCREEN}

    assert charts.plate("story:1", **common) == charts.plate("story:1", **common)
    assert marks(charts.plate("story:1", **common), "path") != marks(charts.plate("story:2", **common), "path")
