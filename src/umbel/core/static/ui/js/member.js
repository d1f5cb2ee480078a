// Attaches behaviour to what the pages of the member area declare by data attributes; every page works without it.
import { clock } from "./clock.js";
import { unsaved } from "./unsaved.js";

clock(document);
unsaved(document);
