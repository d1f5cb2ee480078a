// Photographs in a text: chosen from the library, with their credit; those without one cannot be chosen.
import { Node } from "../django_prose_editor/editor.js";
import { asked, made } from "./made.js";

export function photoStore(address) {
  const known = new Map();
  return {
    find: (query) => asked(address, query),
    async one(key) {
      if (!known.has(key)) known.set(key, asked(address, { key }).then(({ rows }) => rows[0] || null));
      return known.get(key);
    },
  };
}

export function photoNode(store, words) {
  return Node.create({
    name: "photoReference",
    group: "block",
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () => ({
      key: { default: "", parseHTML: (element) => element.getAttribute("data-photo"), renderHTML: () => ({}) },
      caption: {
        default: "",
        parseHTML: (element) => element.querySelector("figcaption")?.textContent || "",
        renderHTML: () => ({}),
      },
    }),
    parseHTML: () => [{ tag: "figure[data-photo]" }],
    renderHTML({ node }) {
      const caption = node.attrs.caption ? [["figcaption", {}, node.attrs.caption]] : [];
      return ["figure", { "data-photo": node.attrs.key }, ...caption];
    },
    addNodeView() {
      return ({ node, getPos, editor }) => {
        const image = made("img", { alt: "" });
        const credit = made("small", {});
        const caption = made("input", { type: "text", maxlength: 300, "aria-label": words.caption, placeholder: words.caption });
        caption.value = node.attrs.caption;
        caption.disabled = !editor.isEditable;
        caption.addEventListener("change", () => {
          editor.view.dispatch(editor.state.tr.setNodeAttribute(getPos(), "caption", caption.value));
        });
        store.one(node.attrs.key).then((row) => {
          if (row) Object.assign(image, { src: row.url, alt: row.alternative });
          credit.textContent = row ? `© ${row.credit}` : words.no_photo;
        });
        const dom = made("figure", { class: "prose-photo", contenteditable: "false" }, image, made("figcaption", {}, caption, credit));
        return { dom, stopEvent: (event) => event.target === caption, ignoreMutation: () => true };
      };
    },
  });
}
