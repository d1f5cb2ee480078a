// Boxes of a list: the bar of actions appears with the first tick; Shift picks a range.
export function picking(root) {
  root.querySelectorAll("form[data-picking]").forEach((form) => {
    const bar = form.querySelector("[data-bulk]");
    if (!bar) return;
    const boxes = [...form.querySelectorAll("tbody .pick input")];
    const all = form.querySelector("[data-pick-all]");
    const every = bar.querySelector("[data-pick-every]");
    const number = bar.querySelector("[data-picked]");
    let last = null;
    const show = () => {
      const picked = boxes.filter((box) => box.checked);
      boxes.forEach((box) => box.closest("tr").classList.toggle("is-picked", box.checked));
      number.textContent = picked.length;
      bar.hidden = picked.length === 0;
      if (every && picked.length < boxes.length) every.checked = false;
      all.checked = picked.length === boxes.length;
      all.indeterminate = picked.length > 0 && picked.length < boxes.length;
    };
    boxes.forEach((box, place) => {
      box.addEventListener("click", (event) => {
        if (event.shiftKey && last !== null) {
          const [from, to] = [Math.min(last, place), Math.max(last, place)];
          for (let other = from; other <= to; other++) boxes[other].checked = box.checked;
        }
        last = place;
        show();
      });
    });
    all.addEventListener("change", () => {
      boxes.forEach((box) => (box.checked = all.checked));
      show();
    });
    every?.addEventListener("change", () => {
      if (every.checked) boxes.forEach((box) => (box.checked = true));
      show();
    });
    show();
  });
}
