// Turns the text boxes marked data-prose into an editor; without this file the boxes work as they are.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Gapcursor, HardBreak, Heading, History, Italic, Link,
  ListItem, OrderedList, Paragraph, Table, TableCell, TableHeader, TableRow, Text,
} from "../django_prose_editor/editor.js";
import { dialogs } from "./dialogs.js";
import { figureNode, figureStore } from "./figures.js";
import { photoNode, photoStore } from "./photos.js";
import { suggestions } from "./suggestions.js";
import { toolbar } from "./toolbar.js";

const emptied = (html) => (/^<(\w+)[^>]*><\/\1>$/.test(html) ? "" : html);

function extensions(stores, words) {
  return [
    Document, Paragraph, Text, Bold, Italic, HardBreak, BulletList, OrderedList, ListItem, Blockquote, Dropcursor,
    Gapcursor, History, Heading.configure({ levels: [2, 3] }),
    Link.configure({ openOnClick: false, enableTarget: false, autolink: false, protocols: ["http", "https", "mailto", "tel"] }),
    Table.configure({ resizable: false }), TableRow, TableHeader, TableCell,
    figureNode(stores.figures, words), photoNode(stores.photos, words),
  ];
}

function edit(box) {
  const textarea = box.querySelector("textarea[data-prose]");
  if (!textarea || box.dataset.ready || textarea.id.includes("__prefix__")) return;
  box.dataset.ready = "yes";
  const words = JSON.parse(box.dataset.words);
  const stores = { figures: figureStore(box.dataset.figures), photos: photoStore(box.dataset.photos) };
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const place = document.createElement("div");
  place.className = "prose-place";
  textarea.before(place);
  textarea.hidden = true;
  box.classList.add("is-edited");
  const editor = new Editor({
    element: place,
    injectCSS: false,
    editable: !textarea.disabled,
    extensions: extensions(stores, words),
    content: textarea.value,
    editorProps: {
      attributes: {
        class: "prose prose-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": textarea.dataset.label || label?.textContent.trim() || words.text,
      },
    },
    onUpdate({ editor: changed }) {
      textarea.value = emptied(changed.getHTML());
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  label?.addEventListener("click", () => editor.commands.focus());
  if (textarea.disabled) return;
  const ask = dialogs(box, editor, stores, words);
  box.prepend(toolbar(editor, ask, words));
  suggestions(box, editor, stores.figures, words);
}

document.querySelectorAll("[data-prose-input]").forEach(edit);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.nodeType === 1) node.querySelectorAll?.("[data-prose-input]").forEach(edit);
  }
}).observe(document.body, { childList: true, subtree: true });
