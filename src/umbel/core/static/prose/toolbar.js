// The buttons above a text: words on the rarer ones, a pressed state on those that say how the text is.
import { made } from "./made.js";

const sign = (text, kind) => made("span", { "aria-hidden": "true", class: `prose-sign ${kind || ""}` }, text);

export function toolbar(editor, ask, words) {
  const run = () => editor.chain().focus();
  const tools = [
    [
      { sign: "H2", label: words.heading, act: () => run().toggleHeading({ level: 2 }).run(), is: () => editor.isActive("heading", { level: 2 }) },
      { sign: "H3", label: words.subheading, act: () => run().toggleHeading({ level: 3 }).run(), is: () => editor.isActive("heading", { level: 3 }) },
    ],
    [
      { sign: "B", kind: "strong", label: words.strong, act: () => run().toggleBold().run(), is: () => editor.isActive("bold") },
      { sign: "I", kind: "slanted", label: words.stressed, act: () => run().toggleItalic().run(), is: () => editor.isActive("italic") },
    ],
    [
      { sign: "•", label: words.list, act: () => run().toggleBulletList().run(), is: () => editor.isActive("bulletList") },
      { sign: "1.", label: words.numbers, act: () => run().toggleOrderedList().run(), is: () => editor.isActive("orderedList") },
      { sign: "“", label: words.quotation, act: () => run().toggleBlockquote().run(), is: () => editor.isActive("blockquote") },
    ],
    [
      { word: words.link, act: ask.link, is: () => editor.isActive("link") },
      { word: words.figure, act: ask.figure, is: () => editor.isActive("figureReference") },
      { word: words.photo, act: ask.photo },
      { word: words.table, act: () => run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(), hidden: () => editor.isActive("table") },
      { word: words.row, act: () => run().addRowAfter().run(), hidden: () => !editor.isActive("table") },
      { word: words.column, act: () => run().addColumnAfter().run(), hidden: () => !editor.isActive("table") },
      { word: words.no_table, act: () => run().deleteTable().run(), hidden: () => !editor.isActive("table") },
    ],
    [
      { sign: "↶", label: words.undo, act: () => run().undo().run(), off: () => !editor.can().undo() },
      { sign: "↷", label: words.redo, act: () => run().redo().run(), off: () => !editor.can().redo() },
    ],
  ];
  const buttons = new Map();
  const bar = made("div", { class: "prose-tools", role: "toolbar", "aria-label": words.tools });
  for (const group of tools) {
    const box = made("div", { class: "prose-group" });
    for (const tool of group) {
      const button = made("button", { type: "button", class: "prose-tool", title: tool.label || null, "aria-label": tool.label || null, onclick: tool.act, onmousedown: (event) => event.preventDefault() },
        tool.sign ? sign(tool.sign, tool.kind) : tool.word);
      buttons.set(tool, button);
      box.append(button);
    }
    bar.append(box);
  }
  const show = () => {
    for (const [tool, button] of buttons) {
      if (tool.is) button.setAttribute("aria-pressed", String(tool.is()));
      if (tool.off) button.disabled = tool.off();
      if (tool.hidden) button.hidden = tool.hidden();
    }
  };
  editor.on("transaction", show);
  show();
  return bar;
}
