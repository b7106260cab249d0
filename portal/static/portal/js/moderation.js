// The moderators' queue by keyboard. Keys act on the row that has the focus; they can be switched off (WCAG 2.1.4).
const queue = document.querySelector("[data-queue]");
const KEPT = "moderation-keys";

function start() {
  const rows = [...queue.querySelectorAll("[data-row]")];
  const keys = queue.querySelector("[data-keys]");
  const help = document.getElementById("queue-help");
  const reason = queue.querySelector("select[name=reason]");
  const all = queue.querySelector("[data-pick-all]");
  keys.checked = localStorage.getItem(KEPT) !== "off";
  keys.addEventListener("change", () => localStorage.setItem(KEPT, keys.checked ? "on" : "off"));
  all.parentElement.hidden = false;
  all.addEventListener("change", () => queue.querySelectorAll("[name=pick]").forEach((box) => { box.checked = all.checked; }));

  const current = () => rows.indexOf(document.activeElement?.closest("[data-row]"));
  const go = (place) => rows[Math.max(0, Math.min(rows.length - 1, place))]?.focus();

  function press(row, key) {
    const button = row.querySelector(`[data-key="${key}"]`);
    if (!button) return;
    if ("needsReason" in button.dataset && !reason.value) reason.focus();
    else button.click();
  }

  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing || !keys.checked) return;
    const place = current();
    if (event.key === "j") go(place + 1);
    else if (event.key === "k") go(place - 1);
    else if (event.key === "?") help.open = !help.open;
    else if (place >= 0 && event.key === "x") rows[place].querySelector("[name=pick]").click();
    else if (place >= 0 && ["h", "p", "r"].includes(event.key)) press(rows[place], event.key);
    else return;
    event.preventDefault();
  });

  if (!location.hash && document.activeElement === document.body && new URLSearchParams(location.search).has("tab")) go(0);
}

if (queue) start();
