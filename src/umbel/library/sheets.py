"""The files of the library: what is published, kept and shown; the uploads themselves lie in the media directory."""

from umbel.core.exchange.sheets import part, sheet
from umbel.library.models import Document, LanguageVersion, Photo, Placement, Publication

sheet("publications", Publication, parts=[part("versions", LanguageVersion, key=["language"])])
sheet("documents", Document, format="csv")
sheet("photos", Photo, format="csv")
sheet("placements", Placement, key=["record", "photo"], format="csv")
