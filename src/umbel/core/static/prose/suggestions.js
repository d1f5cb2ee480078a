// Says where a typed number is the value of a figure of the year, and puts the figure in its place when asked.
import { later, made } from "./made.js";

const NUMBER = /(?<![\p{L}\d.,/–-])(\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?![\p{L}\d/]|[.,]\d|–\d)/gu;

// Returns the numbers that stand in the text, figures left out: value, from, to, the words of their paragraph.
function typed(editor) {
  const found = [];
  editor.state.doc.descendants((node, at, parent) => {
    if (!node.isText) return;
    const words = parent.textContent.toLowerCase();
    for (const match of node.text.matchAll(NUMBER)) {
      found.push({ number: match[1].replace(/\D/g, ""), from: at + match.index, to: at + match.index + match[1].length, words });
    }
  });
  return found;
}

// Tells how many words of a figure's name stand beside the number: the figure that is meant comes first.
const closeness = (row, numbers) => {
  const beside = numbers.filter(({ number }) => Number(number) === row.number).map(({ words }) => words).join(" ");
  return row.label.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word.length > 3 && beside.includes(word.slice(0, -1))).length;
};

export function suggestions(box, editor, store, words) {
  const list = made("ul", { class: "prose-suggestions" });
  const region = made("div", { class: "prose-suggested", role: "status", "aria-label": words.suggestions, hidden: true }, list);
  box.append(region);
  const declined = new Set();
  const replace = (row) => {
    const place = typed(editor).find(({ number }) => Number(number) === row.number);
    if (!place) return look();
    store.keep(row);
    const attrs = { key: row.key, period: row.period, form: "" };
    editor.chain().focus().insertContentAt({ from: place.from, to: place.to }, { type: "figureReference", attrs }).run();
    look();
  };
  const line = (row) => {
    const question = words.suggestion.replace("{number}", row.value).replace("{label}", row.label).replace("{period}", row.period);
    return made("li", {}, made("span", {}, question),
      made("button", { type: "button", class: "btn btn-sm", onclick: () => replace(row) }, words.insert),
      made("button", { type: "button", class: "btn btn-sm btn-ghost", onclick: () => { declined.add(`${row.number} ${row.key}`); look(); } }, words.leave));
  };
  const look = later(async () => {
    const standing = typed(editor);
    const numbers = [...new Set(standing.map(({ number }) => number))].slice(0, 100);
    const { rows } = numbers.length ? await store.find({ numbers: numbers.join(",") }) : { rows: [] };
    const ranked = rows.map((row) => [closeness(row, standing), row]).sort((one, other) => other[0] - one[0]);
    const shown = ranked.map(([, row]) => row).filter((row) => !declined.has(`${row.number} ${row.key}`)).slice(0, 4);
    list.replaceChildren(...shown.map(line));
    region.hidden = shown.length === 0;
  }, 500);
  editor.on("update", look);
  look();
}
