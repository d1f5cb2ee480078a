// An instant that the page tells in the time of the confederation is told in that of the reader too, where they differ.
const minutes = (text) => {
  const found = /([+-])(\d\d):?(\d\d)$/.exec(text);
  return found ? Number(`${found[1]}1`) * (Number(found[2]) * 60 + Number(found[3])) : 0;
};

export function clock(root) {
  for (const time of root.querySelectorAll("time[data-clock]")) {
    const at = new Date(time.dateTime);
    if (minutes(time.dateTime) !== -at.getTimezoneOffset()) {
      const told = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
      const language = document.documentElement.lang;
      time.after(` (${at.toLocaleString(language === "en" ? "en-GB" : language, told)} ${time.dataset.clock})`);
    }
  }
}
