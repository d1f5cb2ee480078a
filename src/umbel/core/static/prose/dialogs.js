// Questions that the editor asks: where a link leads, which figure, which photograph.
import { later, made } from "./made.js";

function opened(box, title, body, buttons, words) {
  const heading = made("h2", {}, title);
  const close = made("button", { type: "button", class: "btn btn-ghost", onclick: () => dialog.close() }, words.cancel);
  const dialog = made("dialog", { class: "dialog prose-dialog", "aria-label": title },
    made("header", {}, heading), made("div", { class: "prose-asked" }, ...body), made("footer", {}, close, ...buttons));
  dialog.addEventListener("close", () => dialog.remove());
  // Keys of the dialog are not those of the form around it: Enter in a search must not save the page.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
  });
  ["input", "change"].forEach((name) => dialog.addEventListener(name, (event) => event.stopPropagation()));
  box.append(dialog);
  dialog.showModal();
  return dialog;
}

const field = (label, input) => made("div", { class: "field" }, made("label", {}, made("span", {}, label), input));

export function dialogs(box, editor, stores, words) {
  function link() {
    const input = made("input", { type: "text", maxlength: 500, placeholder: "https://" });
    input.value = editor.getAttributes("link").href || "";
    const keep = () => {
      const href = input.value.trim();
      const chain = editor.chain().focus().extendMarkRange("link");
      if (!href) chain.unsetLink().run();
      else if (editor.state.selection.empty && !editor.isActive("link"))
        chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
      else chain.setLink({ href }).run();
      dialog.close();
    };
    input.addEventListener("keydown", (event) => event.key === "Enter" && keep());
    const button = made("button", { type: "button", class: "btn btn-primary", onclick: keep }, words.keep);
    const dialog = opened(box, words.link, [field(words.address, input)], [button], words);
    input.focus();
  }

  function figure() {
    const search = made("input", { type: "search" });
    const year = made("input", { type: "text", inputmode: "numeric", maxlength: 4, size: 4 });
    const form = made("select", {}, ...Object.entries(words.forms).map(([value, label]) => made("option", { value }, label)));
    const list = made("ul", { class: "prose-found", tabindex: "-1" });
    const status = made("p", { class: "small muted", role: "status" });
    const insert = (row) => {
      stores.figures.keep(row);
      editor.chain().focus().insertContent({ type: "figureReference", attrs: { key: row.key, period: row.period, form: form.value } }).run();
      dialog.close();
    };
    const find = later(async () => {
      const { rows, year: shown } = await stores.figures.find({ q: search.value, year: year.value });
      if (!year.value && shown) year.value = shown;
      status.textContent = rows.length ? "" : words.none;
      list.replaceChildren(...rows.map((row) => made("li", {}, made("button", { type: "button", class: "prose-choice", onclick: () => insert(row) },
        made("strong", {}, row.value), made("span", {}, row.label, made("small", {}, [row.period, words.kinds[row.kind], row.source || row.rule].filter(Boolean).join(" · ")))))));
    }, 200);
    [search, year].forEach((input) => input.addEventListener("input", find));
    const asked = made("div", { class: "prose-asking" }, field(words.find_figure, search), field(words.year, year), field(words.form, form));
    const dialog = opened(box, words.figure, [asked, status, list], [], words);
    search.focus();
    find();
  }

  function photo() {
    const search = made("input", { type: "search" });
    const list = made("ul", { class: "prose-found prose-photos" });
    const status = made("p", { class: "small muted", role: "status" });
    const insert = (row) => {
      editor.chain().focus().insertContent({ type: "photoReference", attrs: { key: row.key, caption: "" } }).run();
      dialog.close();
    };
    const find = later(async () => {
      const { rows } = await stores.photos.find({ q: search.value });
      status.textContent = rows.length ? "" : words.no_photos;
      list.replaceChildren(...rows.map((row) => made("li", {}, made("button", { type: "button", class: "prose-choice", onclick: () => insert(row) },
        made("img", { src: row.url, alt: "", width: 96, height: 64 }), made("span", {}, row.title, made("small", {}, `© ${row.credit}`))))));
    }, 200);
    search.addEventListener("input", find);
    const dialog = opened(box, words.photo, [field(words.find_photo, search), status, list], [], words);
    search.focus();
    find();
  }

  return { link, figure, photo };
}
