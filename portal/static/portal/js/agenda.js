/* The stars: a press changes the `agenda` cookie at once, then the server hears of it. Offline, a + or - before the code
   stays in the cookie until it does (sessions/stars.py tells the form), so that nothing is lost. */

const YEAR = 365 * 24 * 3600;
const LIMIT = 300;
const wanted = new Map(); // what was pressed on this page: code -> in or out
let asking = 0;

/** The cookie as a map from code to mark ("", "+" or "-"). */
function read() {
  const value = /(?:^|; )agenda=([^;]*)/.exec(document.cookie)?.[1].replaceAll('"', "") ?? "";
  const items = value.split(".").map((item) => /^([+-]?)([0-9a-f]{10})$/.exec(item));
  return new Map(items.filter(Boolean).map(([, mark, code]) => [code, mark]));
}

function write(stars) {
  const value = [...stars].map(([code, mark]) => mark + code).join(".");
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `agenda=${value}; path=/; max-age=${value ? YEAR : 0}; samesite=lax${secure}`;
}

const isIn = (stars, code) => stars.has(code) && stars.get(code) !== "-";

/** Shows on every star, and on the counts, what the cookie says. */
function paint(root = document) {
  const stars = read();
  for (const form of root.querySelectorAll("form[data-star]")) {
    form.querySelector("button").setAttribute("aria-pressed", isIn(stars, form.dataset.star));
  }
  const count = [...stars.values()].filter((mark) => mark !== "-").length;
  document.querySelectorAll("[data-agenda-count]").forEach((place) => (place.textContent = count ? `(${count})` : ""));
}

/** Puts into the cookie what was pressed here and an answer to an earlier press has overwritten; says whether there was any. */
function restore() {
  const stars = read();
  const lost = [...wanted].filter(([code, on]) => isIn(stars, code) !== on);
  lost.forEach(([code, on]) => stars.set(code, on ? "+" : "-"));
  if (lost.length) write(stars);
  return lost.length > 0;
}

/** Lets the server hear of the marks in the cookie; its answer sets the cookie without them. */
async function tell(form) {
  asking += 1;
  let answer = null;
  try {
    answer = await fetch(form.action, { method: "POST", keepalive: true, headers: { Accept: "application/json" } });
  } catch {
    // Offline: the marks stay, and the next press, page or connection tells them.
  }
  asking -= 1;
  if (answer?.status === 409) {
    wanted.clear();
    location.assign(form.querySelector("a").href); // the agenda is full, and says so
  } else if (answer?.ok && restore() && !asking) {
    tell(form);
  }
  paint();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-star]");
  if (!form) return;
  const stars = read();
  const on = !isIn(stars, form.dataset.star);
  if (on && stars.size >= LIMIT) return; // the server says in words that it is full
  event.preventDefault();
  wanted.set(form.dataset.star, on);
  stars.set(form.dataset.star, on ? "+" : "-");
  write(stars);
  paint();
  tell(form);
});

function tellWhatWaits() {
  const form = document.querySelector("form[data-star]");
  if (form && [...read().values()].some(Boolean)) tell(form);
}

addEventListener("online", tellWhatWaits);
addEventListener("pageshow", (event) => event.persisted && paint());
document.addEventListener("htmx:afterSwap", (event) => paint(event.target));
paint();
tellWhatWaits();
