/* Bookmarks: a press changes the `bookmarks` cookie at once (portal/participation/bookmarks.py tells the form). Without an
   account that is all; with one the server hears of it, and where it cannot the press is taken back. */

const YEAR = 365 * 24 * 3600;
const LIMIT = 200;

function read() {
  const value = /(?:^|; )bookmarks=([^;]*)/.exec(document.cookie)?.[1].replaceAll('"', "") ?? "";
  return value.split(".").filter((code) => /^[0-9a-f]{10}$/.test(code));
}

function write(codes) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `bookmarks=${codes.join(".")}; path=/; max-age=${codes.length ? YEAR : 0}; samesite=lax${secure}`;
}

function paint() {
  const codes = read();
  for (const form of document.querySelectorAll("form[data-bookmark]")) {
    form.querySelector("button").setAttribute("aria-pressed", codes.includes(form.dataset.bookmark));
  }
}

function set(code, on) {
  const others = read().filter((one) => one !== code);
  write(on ? [code, ...others] : others);
  paint();
}

async function tell(form, on) {
  const body = new URLSearchParams({ practice: form.elements.practice.value, on: on ? "1" : "0" });
  const answer = await fetch(form.action, { method: "POST", keepalive: true, headers: { Accept: "application/json" }, body }).catch(() => null);
  if (!answer?.ok) set(form.dataset.bookmark, !on);
  else paint();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-bookmark]");
  if (!form) return;
  const codes = read();
  const on = !codes.includes(form.dataset.bookmark);
  if (on && codes.length >= LIMIT) return; // the server says in words that there is no room
  event.preventDefault();
  set(form.dataset.bookmark, on);
  if ("kept" in form.dataset) tell(form, on);
});

addEventListener("pageshow", (event) => event.persisted && paint());
paint();
