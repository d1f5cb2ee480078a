// Attaches behaviour to what the pages declare by data attributes; every page works without it.
import { choosers } from "./chooser.js";
import { drop } from "./drop.js";
import { filters } from "./filters.js";
import { keys } from "./keys.js";
import { parts } from "./parts.js";
import { picking } from "./picking.js";
import { unsaved } from "./unsaved.js";

keys(document);
filters(document);
picking(document);
choosers(document);
parts(document, choosers);
unsaved(document);
drop(document);
