// Shows two colours on the page while they are typed or picked, and opens empty rows; the pages work without it.
import { parts } from "./parts.js";

const COLOUR = /^#[0-9a-f]{6}$/i;

function swatch(field) {
  const holder = document.createElement("div");
  const picker = document.createElement("input");
  holder.className = "with-swatch";
  picker.type = "color";
  picker.value = COLOUR.test(field.value) ? field.value : "#000000";
  picker.setAttribute("aria-label", field.labels[0].textContent.trim());
  picker.addEventListener("input", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("input"));
  });
  field.addEventListener("input", () => COLOUR.test(field.value) && (picker.value = field.value));
  // A field that is moved loses the focus, and with it what somebody is typing.
  const { selectionStart, selectionEnd } = field;
  const isTypedIn = document.activeElement === field;
  field.replaceWith(holder);
  holder.append(field, picker);
  if (!isTypedIn) return;
  field.focus();
  field.setSelectionRange(selectionStart, selectionEnd);
}

function preview(fields, sheet) {
  let waiting;
  const show = () => {
    if (!fields.every((field) => COLOUR.test(field.value))) return;
    const asked = new URLSearchParams(fields.map((field) => [field.dataset.colour, field.value]));
    sheet.href = `${sheet.href.split("?")[0]}?${asked}`;
  };
  fields.forEach((field) =>
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 150);
    }),
  );
  // What was typed before this module ran, or what the browser kept from an earlier visit.
  show();
}

const fields = [...document.querySelectorAll("[data-colour]")];
fields.forEach(swatch);
const sheet = document.querySelector("[data-preview]");
if (sheet) preview(fields, sheet);
parts(document, () => {});
