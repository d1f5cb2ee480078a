"""Words from which made-up names are put together: of places, plants and trades, so that nobody is meant."""

CITIES = {
    "AT": "Vienna", "BE": "Brussels", "BG": "Sofia", "CZ": "Prague", "DE": "Berlin", "DK": "Copenhagen",
    "EE": "Tallinn", "ES": "Madrid", "FI": "Helsinki", "FR": "Paris", "GR": "Athens", "HR": "Zagreb",
    "HU": "Budapest", "IE": "Dublin", "IT": "Rome", "LT": "Vilnius", "LU": "Luxembourg", "LV": "Riga",
    "NL": "The Hague", "PL": "Warsaw", "PT": "Lisbon", "RO": "Bucharest", "SE": "Stockholm", "SI": "Ljubljana",
    "SK": "Bratislava",
}  # fmt: skip
COUNTRIES = tuple(CITIES)

FEATURES = (
    "Amber", "Anchor", "Arch", "Bridge", "Brook", "Canal", "Cliff", "Coast", "Compass", "Crescent", "Dale", "Dawn",
    "Delta", "Ferry", "Field", "Ford", "Gate", "Glade", "Granite", "Harbour", "Heath", "Hill", "Island", "Lake",
    "Lantern", "Market", "Meadow", "Mill", "Moor", "Orchard", "Quarry", "Quay", "Ridge", "River", "Sail", "Shore",
    "Spring", "Square", "Tower", "Valley",
)  # fmt: skip
TRADES = (
    "Bakery", "Bicycle", "Brick", "Building", "Canteen", "Care", "Carpentry", "Ceramics", "Cleaning", "Courier",
    "Design", "Electric", "Energy", "Foundry", "Furniture", "Garden", "Glass", "Laundry", "Logistics", "Machine",
    "Paper", "Printing", "Recycling", "Repair", "School", "Software", "Taxi", "Textile", "Theatre", "Tile",
)  # fmt: skip
GIVEN = (
    "Alder", "Aspen", "Briar", "Cedar", "Clover", "Cypress", "Fern", "Hazel", "Heather", "Holly", "Iris", "Ivy",
    "Juniper", "Larch", "Laurel", "Linden", "Maple", "Myrtle", "Olive", "Poppy", "Rowan", "Rue", "Saffron", "Sage",
    "Sorrel", "Tansy", "Thyme", "Willow", "Yarrow", "Yew",
)  # fmt: skip
PLACES = ("Ash", "Bright", "Clear", "East", "Fair", "Green", "High", "Long", "North", "Old", "Stone", "West")
ENDINGS = ("bank", "barrow", "brook", "cliff", "croft", "field", "ford", "gate", "mere", "ridge", "well", "wood")
FAMILY = tuple(place + ending for place in PLACES for ending in ENDINGS)

SUBJECTS = (
    "accessible buildings", "apprenticeships", "care at home", "circular textiles", "clean transport", "company law",
    "data at work", "digital skills", "early childhood", "energy communities", "equal pay", "fair platforms",
    "food and farming", "green jobs", "health at work", "housing", "inclusion", "industrial policy", "late payment",
    "learning for all", "local development", "long-term care", "minimum standards", "mobility", "outermost regions",
    "pensions", "public procurement", "public services", "repair", "research", "rural areas", "short supply chains",
    "skills", "small enterprises", "state aid", "statistics", "taxation", "transfer of businesses", "work integration",
    "youth",
)  # fmt: skip
INSTRUMENTS = ("directive", "regulation", "communication", "recommendation", "action plan", "own initiative")
ANGLES = (
    "a view from practice",
    "after the elections",
    "first results",
    "from plan to law",
    "in the regions",
    "lessons of ten years",
    "members report",
    "next steps",
    "open questions",
    "state of play",
    "the road ahead",
    "towards a common line",
    "what has changed",
    "what is missing",
    "who pays, who gains",
)
FUNCTIONS = (
    "Chair",
    "Director",
    "Member of Parliament",
    "Policy officer",
    "President",
    "Professor",
    "Researcher",
    "Secretary General",
    "Treasurer",
    "Vice President",
)
OUTLETS = (
    "The Evening Square",
    "Harbour Gazette",
    "Meadow Review",
    "The Morning Bridge",
    "Quarry Post",
    "Valley Courier",
)
PARTIES = ("Amber group", "Blue group", "Green group", "Red group", "Violet group")
LANGUAGES = ("en", "fr", "es", "it", "pl", "de")


def nth(number: int, *lists: tuple[str, ...]) -> list[str]:
    """Return the combination of that number, one word of each list: all combinations come before one comes again."""
    words = []
    for each in lists:
        number, place = divmod(number, len(each))
        words.append(each[place])
    return words


def title(subject: str, angle: str) -> str:
    return f"{subject[:1].upper()}{subject[1:]}: {angle}"
