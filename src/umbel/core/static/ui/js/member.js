// Attaches behaviour to what the pages of the member area declare by data attributes; every page works without it.
import { unsaved } from "./unsaved.js";

unsaved(document);
