// Ctrl K goes to the search, "/" to the filter of a list, Ctrl S saves, Escape closes an open menu.
export function keys(root) {
  const to = (key) => root.querySelector(`[data-key="${key}"]`);
  root.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    let target = null;
    if ((event.ctrlKey || event.metaKey) && event.key === "k") target = to("k");
    else if (!typing && event.key === "/") target = to("/");
    if (target) {
      event.preventDefault();
      target.focus();
      target.select();
    } else if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      const save = root.querySelector("[data-save]");
      if (save) {
        event.preventDefault();
        save.click();
      }
    } else if (event.key === "Escape") {
      const menu = event.target.closest("details.menu[open]") || root.querySelector("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
  });
  root.addEventListener("click", (event) => {
    root.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
}
