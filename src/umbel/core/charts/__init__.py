"""Charts, maps and umbels as SVG text, from plain data; the same drawing for the screen and for print."""

from .bodies import Body, family
from .columns import Point, columns
from .courses import Course, courses
from .drawing import Caption, Drawing, plain_number
from .europe import Atlas, Country, MapWords, atlas, country_map, country_outline
from .months import Family, stacked_months
from .palette import Palette, PrintPalette, ScreenPalette
from .phases import Act, Phase, phases
from .plates import plate
from .sparks import spark
from .umbels import BACK_COVER, COVER, Form, Ray, umbel

__all__ = [
    "BACK_COVER",
    "COVER",
    "Act",
    "Atlas",
    "Body",
    "Caption",
    "Country",
    "Course",
    "Drawing",
    "Family",
    "Form",
    "MapWords",
    "Palette",
    "Phase",
    "Point",
    "PrintPalette",
    "Ray",
    "ScreenPalette",
    "atlas",
    "columns",
    "country_map",
    "country_outline",
    "courses",
    "family",
    "phases",
    "plain_number",
    "plate",
    "spark",
    "stacked_months",
    "umbel",
]
