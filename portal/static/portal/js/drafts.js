/* Keeps what is being written in this browser until the server has it: a lost connection or a closed page loses nothing.
   A form says with `data-draft` what its draft is called; the server says which ones it has got: in `data-received` on the page that
   follows, or to htmx with the event `draft-received`. What others wrote in this browser, and what is old, is forgotten. */

const PREFIX = "comment:";
const WEEK = 7 * 24 * 3600 * 1000;

/** Runs what touches the browser's store, which can be full or forbidden: then nothing is kept. */
function store(act) {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

const read = (name) => store((kept) => JSON.parse(kept.getItem(PREFIX + name)));
const drop = (name) => store((kept) => kept.removeItem(PREFIX + name));

function forgetOthers(person) {
  store((kept) => {
    for (const place of Object.keys(kept)) {
      if (!place.startsWith(PREFIX)) continue;
      const draft = read(place.slice(PREFIX.length));
      if (draft?.person !== person || Date.now() - draft.at > WEEK) kept.removeItem(place);
    }
  });
}

/** A line above the fields, with a button to throw the draft away where there is one. */
function say(form, words, away) {
  form.querySelector("[data-draft-note]")?.remove();
  const note = document.createElement("p");
  note.className = "comment-form__kept";
  note.dataset.draftNote = "";
  note.setAttribute("role", "status");
  note.append(`${words} `);
  if (away) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = form.dataset.draftDrop;
    button.addEventListener("click", () => (away(), note.remove()));
    note.append(button);
  }
  form.querySelector(".comment-form__fields").before(note);
}

function keep(form) {
  const { draft, draftPerson: person } = form.dataset;
  const text = form.elements.text.value;
  if (!text.trim()) return drop(draft);
  const [kind, language] = ["kind", "language"].map((name) => form.elements[name]?.value);
  store((kept) => kept.setItem(PREFIX + draft, JSON.stringify({ text, kind, language, person, at: Date.now() })));
}

function restore(form) {
  const { text } = form.elements;
  const kept = read(form.dataset.draft);
  if (text.value.trim() || !kept?.text) return;
  for (const name of ["text", "kind", "language"]) if (form.elements[name] && kept[name]) form.elements[name].value = kept[name];
  say(form, form.dataset.draftFound, () => {
    drop(form.dataset.draft);
    text.value = "";
    text.focus();
  });
}

function watch(form) {
  if (form.dataset.draftWatched) return;
  form.dataset.draftWatched = "yes";
  forgetOthers(form.dataset.draftPerson);
  restore(form);
  form.addEventListener("input", () => keep(form));
  for (const wrong of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) form.addEventListener(wrong, () => say(form, form.dataset.draftLost));
}

function show() {
  document.querySelector("#comments")?.dataset.received?.split(" ").filter(Boolean).forEach(drop);
  document.querySelectorAll("form[data-draft]").forEach(watch);
}

show();
document.addEventListener("htmx:load", show);
document.addEventListener("draft-received", (event) => drop(event.detail.draft));
