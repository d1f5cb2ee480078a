// Sends a file that is dropped on a place of the page, or chosen with the button of its form. Without it the button
// leads to the page where a file is chosen.
export function drop(root) {
  root.querySelectorAll("form[data-drop]").forEach((form) => {
    const input = form.querySelector("input[type=file]");
    const zone = (form.dataset.drop && root.querySelector(form.dataset.drop)) || form;
    const button = form.querySelector("[data-attach]");
    const over = (event, is) => {
      if (!event.dataTransfer?.types.includes("Files")) return false;
      event.preventDefault();
      zone.classList.toggle("is-over", is);
      return true;
    };
    zone.addEventListener("dragover", (event) => over(event, true));
    zone.addEventListener("dragleave", (event) => over(event, false));
    zone.addEventListener("drop", (event) => {
      if (!over(event, false) || !event.dataTransfer.files.length) return;
      const one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]);
      input.files = one.files;
      form.requestSubmit();
    });
    if (!button) return;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      input.click();
    });
    input.addEventListener("change", () => form.requestSubmit());
  });
}
