// Asks for the state of a job again and again, and for its whole page when it is done.
const PAUSE = 2000;

async function ask(place) {
  const answer = await fetch(place.dataset.progress, { headers: { accept: "text/html" } });
  if (!answer.ok) return location.reload();
  place.innerHTML = await answer.text();
  if (place.querySelector("[data-finished]")) return location.reload();
  setTimeout(ask, PAUSE, place);
}

for (const place of document.querySelectorAll("[data-progress]")) setTimeout(ask, PAUSE, place);
