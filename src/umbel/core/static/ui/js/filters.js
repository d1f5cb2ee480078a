// A filter takes effect when it is chosen; empty ones stay out of the address.
export function filters(root) {
  root.querySelectorAll("form[data-filters]").forEach((form) => {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    });
    form.querySelectorAll("select, input").forEach((field) => {
      field.addEventListener("change", () => form.requestSubmit());
    });
    form.querySelector("[data-apply]")?.classList.add("is-needless");
  });
  // A page that is shown again from the browser's memory has its empty filters back.
  window.addEventListener("pageshow", () => {
    root.querySelectorAll("form[data-filters] :disabled").forEach((field) => (field.disabled = false));
  });
}
