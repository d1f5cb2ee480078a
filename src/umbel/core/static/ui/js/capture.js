// Quick capture on pages outside the desk: Ctrl K leads to its field, and a file can be dropped on it.
import { drop } from "./drop.js";
import { keys } from "./keys.js";

keys(document);
drop(document);
