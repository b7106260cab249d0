/* Shows the hours of sessions where the reader is, beside the workshop's, when the two differ.
   Reads `<time datetime>` (ISO 8601 with its offset); the words come from the page, in one of two ways: a hidden
   `[data-own-hours]` after the two times is filled, or below `[data-own-hours-words]` a line is put behind each `.hours`. */

const language = document.documentElement.lang;
const hours = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { weekday: "long" });

/** The offset that an ISO moment is written with, in minutes east of Greenwich; null when it has none. */
function offsetOf(moment) {
  const found = /([+-])(\d\d):(\d\d)$/.exec(moment);
  if (!found) return moment.endsWith("Z") ? 0 : null;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

/** The reader's own hours of the first two times in `place`; "" where they are the workshop's. */
function ownHours(place) {
  const moments = [...place.querySelectorAll("time[datetime]")].slice(0, 2).map((time) => time.dateTime);
  if (moments.length < 2) return "";
  const [start, end] = moments.map((moment) => new Date(moment));
  const offset = offsetOf(moments[0]);
  if (offset === null || offset === -start.getTimezoneOffset()) return "";
  const otherDay = start.getDate() !== Number(moments[0].slice(8, 10));
  const text = `${hours.format(start)} – ${hours.format(end)}`;
  return otherDay ? `${weekday.format(start)} ${text}` : text;
}

function fill(own) {
  const text = ownHours(own.parentElement);
  if (!text) return;
  own.querySelector("[data-own-hours-text]").textContent = text;
  own.hidden = false;
}

function addLines(part) {
  for (const place of part.querySelectorAll(".hours")) {
    const text = ownHours(place);
    if (!text) continue;
    const line = document.createElement("span");
    line.className = "own-hours";
    const said = document.createElement("span");
    said.className = "hours";
    said.textContent = text;
    line.append(`${part.dataset.ownHoursWords} `, said);
    place.after(line);
  }
}

/** What matches in `root`, itself included. */
function all(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...inside] : inside;
}

function show(root) {
  all(root, "[data-own-hours]").forEach(fill);
  all(root, "[data-own-hours-words]").forEach(addLines);
}

show(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) show(event.target);
});
