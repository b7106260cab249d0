/* Finds values in a long list of filters while one writes: case, accents, vowel marks and the forms of alef do not matter.
   The field is in the page, hidden: without this module the list is whole, and the browser's own search finds in it. */

const FORMS = { ة: "ه", ى: "ي" };

/** A text as it is compared. */
function plain(text) {
  const bare = text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase();
  return bare.replace(/[ةى]/g, (letter) => FORMS[letter]).trim();
}

/** Shows the values that have every word; what is chosen stays. */
function find(box) {
  const words = plain(box.querySelector("input").value).split(/\s+/);
  const items = [...box.parentElement.querySelectorAll(".facet__item")];
  for (const item of items) {
    const text = plain(item.querySelector(".facet__label").textContent);
    item.hidden = !item.querySelector("[aria-current]") && !words.every((word) => text.includes(word));
  }
  box.querySelector("[role=status]").textContent = `${items.filter((item) => !item.hidden).length} / ${items.length}`;
}

/** Opens the fields of a page, and of results that came later. */
function open(root) {
  root.querySelectorAll("[data-facet-find]").forEach((box) => (box.hidden = false));
}

open(document);
document.addEventListener("htmx:load", (event) => open(event.target));
document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-facet-find]");
  if (box) find(box);
});
