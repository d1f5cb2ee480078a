"""A small year in files, and what tests do with files."""

YEAR = {
    "organisations.yaml": """
- {key: we, name: The Umbrella, kind: self, country: BE, aliases: [Umbrella, "U.M."]}
- {key: ally, name: Ally, kind: alliance, scope: european, description: "yes"}
""",
    "people.csv": "key,name,aliases\nada,Ada Lovelace,Ada L.; Countess\nbob,Bob,\n",
    "posts.csv": "person,organisation,title,kind,start\nada,we,Director,staff,2020\nada,we,President,staff,\n",
    "bodies.csv": "key,name,kind\nboard,Board,board\n",
    "events.yaml": """
- key: e1
  title: A conference
  date: 2024-05-06
  country: NO
  kind: conference
  part: speaker
  within: e2
  topics: [decent-work, join-us]
  on_behalf_of: [ally]
  partners:
    - {organisation: ally, role: host}
    - {organisation: ally, role: institution}
  speakers: [{person: ada, function: Director}]
- key: e2
  title: A visit
  date: 2024
  kind: visit
  part: attendee
  in_review: false
""",
    "meetings.yaml": "- {key: m1, title: Board, kind: statutory, part: organiser, date: 2024-03, body: board}\n",
    "policy_files.yaml": "- {key: decent-work, name: Decent work, asks: [{text: More of it}, {text: Now}]}\n",
    "campaigns.yaml": "- {key: join-us, name: Join us}\n",
    "letters.yaml": """
- {key: l1, title: To all, date: 2024, addressees: [The Council, The Parliament], signatories: [ally]}
""",
    "outcomes.yaml": """
- {key: o1, claim: It worked, date: 2024, file: join-us, evidence: [event/m1, event/e1, jointletter/l1]}
""",
}


def write(directory, files):
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def texts(directory):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(directory.iterdir())}


def counted(summary):
    whole = summary.whole
    return whole.created, whole.changed, whole.unchanged, whole.removed
