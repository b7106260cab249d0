/* Shows the hours of a session where the reader is, beside the workshop's, when the two differ.
   Reads `<time datetime>` (ISO 8601 with its offset); the words come from the page. */

const language = document.documentElement.lang;
const hours = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { weekday: "long" });

/** The offset that an ISO moment is written with, in minutes east of Greenwich; null when it has none. */
function offsetOf(moment) {
  const found = /([+-])(\d\d):(\d\d)$/.exec(moment);
  if (!found) return moment.endsWith("Z") ? 0 : null;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

/** Fills one "where you are" from the two times before it. */
function fill(own) {
  const times = own.parentElement.querySelectorAll("time[datetime]");
  if (times.length < 2) return;
  const moments = [...times].slice(0, 2).map((time) => time.dateTime);
  const [start, end] = moments.map((moment) => new Date(moment));
  const offset = offsetOf(moments[0]);
  if (offset === null || offset === -start.getTimezoneOffset()) return;
  const otherDay = start.getDate() !== Number(moments[0].slice(8, 10));
  const text = `${hours.format(start)} – ${hours.format(end)}`;
  own.querySelector("[data-own-hours-text]").textContent = otherDay ? `${weekday.format(start)} ${text}` : text;
  own.hidden = false;
}

document.querySelectorAll("[data-own-hours]").forEach(fill);
