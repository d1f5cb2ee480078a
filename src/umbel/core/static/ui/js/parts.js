// Opens an empty row of parts on the spot; without it the server sends the page back with one more row.
export function parts(root, attach) {
  root.querySelectorAll("[data-parts]").forEach((section) => {
    const prefix = section.dataset.parts;
    const total = section.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    section.querySelector("[data-add-row]").addEventListener("click", (event) => {
      event.preventDefault();
      const holder = document.createElement("div");
      holder.append(section.querySelector("template[data-row]").content.cloneNode(true));
      holder.innerHTML = holder.innerHTML.replaceAll("__prefix__", total.value);
      const row = holder.firstElementChild;
      section.querySelector("[data-rows]").append(row);
      total.value = Number(total.value) + 1;
      section.querySelector("[data-none]")?.remove();
      attach(row);
      row.querySelector("input:not([type=hidden]), select, textarea").focus();
    });
  });
}
