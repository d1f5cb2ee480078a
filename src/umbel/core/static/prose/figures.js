// Figures in a text: a reference that shows the value of the day, its period and where it comes from.
import { Node } from "../django_prose_editor/editor.js";
import { asked, later, made } from "./made.js";

const MARKS = { reported: "src src-reported", counted: "src", derived: "src" };

// Keeps what the server tells of figures, and asks for several at once.
export function figureStore(address) {
  const known = new Map();
  const waiting = new Map();
  const fetchAll = later(async () => {
    const wanted = [...waiting.entries()];
    waiting.clear();
    const years = new Set(wanted.map(([, { year }]) => year));
    for (const year of years) {
      const those = wanted.filter(([, want]) => want.year === year);
      const { rows } = await asked(address, { keys: those.map(([, want]) => want.key).join(","), year });
      for (const [name, want] of those) {
        known.set(name, rows.find((row) => row.key === want.key) || null);
        want.shown.forEach((show) => show(known.get(name)));
      }
    }
  }, 30);
  return {
    address,
    find: (query) => asked(address, query),
    keep: (row) => known.set(`${row.key}@${row.period}`, row),
    show(key, year, show) {
      const name = `${key}@${year}`;
      if (known.has(name)) return show(known.get(name));
      if (!waiting.has(name)) waiting.set(name, { key, year, shown: [] });
      waiting.get(name).shown.push(show);
      fetchAll();
    },
  };
}

const attribute = (name) => ({
  default: "",
  parseHTML: (element) => element.getAttribute(name) || "",
  renderHTML: () => ({}),
});

export function figureNode(store, words) {
  return Node.create({
    name: "figureReference",
    group: "inline",
    inline: true,
    atom: true,
    selectable: true,
    addAttributes: () => ({ key: attribute("data-figure"), period: attribute("data-period"), form: attribute("data-form") }),
    parseHTML: () => [{ tag: "span[data-figure]" }],
    renderHTML({ node }) {
      const { key, period, form } = node.attrs;
      const told = { "data-figure": key };
      if (period) told["data-period"] = period;
      if (form) told["data-form"] = form;
      return ["span", told];
    },
    renderText: ({ node }) => `{${node.attrs.key}${node.attrs.period ? `@${node.attrs.period}` : ""}}`,
    addNodeView() {
      return ({ node }) => {
        const value = made("span", { class: "prose-value" }, "…");
        const mark = made("span", { class: "src" });
        const dom = made("span", { class: "prose-figure" }, value, mark);
        store.show(node.attrs.key, node.attrs.period, (row) => {
          value.textContent = row ? row.value : node.attrs.key;
          mark.className = row ? MARKS[row.kind] || "src" : "src src-conflict";
          dom.classList.toggle("is-unknown", !row);
          dom.title = row ? [row.label, row.period, row.source || row.rule].filter(Boolean).join(" · ") : words.unknown;
        });
        return { dom };
      };
    },
  });
}
