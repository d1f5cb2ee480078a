// Proposes records while a name is typed. Without it the server finds the record by its name.
let serial = 0;

export function choosers(root) {
  root.querySelectorAll("[data-chooser]:not([data-ready])").forEach((box) => {
    box.dataset.ready = "1";
    const [input, number] = box.querySelectorAll("input");
    input.addEventListener("input", () => (number.value = ""));
    propose(box, input, box.dataset.chooser, (row) => {
      input.value = row.text;
      number.value = row.number;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
  root.querySelectorAll("[data-tokens]:not([data-ready])").forEach((box) => {
    box.dataset.ready = "1";
    const input = box.querySelector("input[type=text]");
    propose(box, input, box.dataset.tokens, (row) => {
      const known = box.querySelector(`input[type=checkbox][value="${row.number}"]`);
      if (known) known.checked = true;
      else input.before(token(box.dataset.name, row));
      input.value = "";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}

function token(name, row) {
  const label = document.createElement("label");
  label.className = "token";
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name, value: row.number, checked: true });
  label.append(box, row.text);
  return label;
}

function propose(box, input, address, take) {
  const list = document.createElement("ul");
  list.className = "proposals card";
  list.id = `proposals-${++serial}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() || "");
  list.hidden = true;
  box.append(list);
  Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })
    .forEach(([name, value]) => input.setAttribute(name, value));
  let rows = [];
  let current = -1;
  let asked = 0;
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    current = place;
    [...list.children].forEach((item, other) => item.setAttribute("aria-selected", String(other === place)));
    if (place >= 0) input.setAttribute("aria-activedescendant", list.children[place].id);
  };
  const pick = (place) => {
    take(rows[place]);
    show(false);
  };
  const fill = (found) => {
    rows = found;
    list.replaceChildren(
      ...rows.map((row, place) => {
        const item = document.createElement("li");
        Object.assign(item, { id: `${list.id}-${place}`, textContent: row.text });
        item.setAttribute("role", "option");
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          pick(place);
        });
        return item;
      }),
    );
    mark(-1);
    show(rows.length > 0);
  };
  input.addEventListener("input", async () => {
    const turn = ++asked;
    const typed = input.value.trim();
    if (typed.length < 2) return fill([]);
    const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, { credentials: "same-origin" });
    if (turn === asked && answer.ok) fill((await answer.json()).rows);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(Math.min(current + 1, rows.length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(current - 1, 0));
    else if (event.key === "Enter" && current >= 0) pick(current);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show(false));
}
