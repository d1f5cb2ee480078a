// Says what was changed and not saved, and asks before the page is left with it.
export function unsaved(root) {
  root.querySelectorAll("form[data-unsaved]").forEach((form) => {
    const words = form.querySelector("[data-unsaved-words]");
    if (!words) return;
    const before = new Map();
    const read = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
    const watched = () => [...form.elements].filter((field) => field.name && field.type !== "hidden");
    watched().forEach((field) => before.set(field, read(field)));
    let leaving = false;
    const changed = () => watched().filter((field) => before.get(field) !== read(field) && (before.has(field) || read(field)));
    const label = (field) => field.dataset.label || field.labels?.[0]?.textContent.trim() || field.name;
    const show = () => {
      const names = [...new Set(changed().map(label))];
      const told = `${names.slice(0, 4).join(", ")}${names.length > 4 ? " …" : ""}`;
      words.textContent = names.length ? `${form.dataset.words || ""} ${told}` : "";
      form.classList.toggle("is-unsaved", names.length > 0);
    };
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    form.addEventListener("submit", (event) => (leaving = event.submitter?.formTarget !== "_blank"));
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && changed().length) event.preventDefault();
    });
  });
}
