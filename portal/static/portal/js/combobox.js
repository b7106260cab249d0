/* Suggests while one writes in a search field of the site, in one that names its own address (data-suggest), or in a field of words
   between commas (data-suggestions): an ARIA 1.2 combobox with a list. Without it the form is a plain form. Down and Up choose, Enter
   goes there, takes the word, or where the field says so (data-suggest-then) writes the name and presses that button; Escape closes;
   writing on asks again. */

const FIELDS = 'form[role="search"][action$="/search/"] input[type="search"][name="q"], input[data-suggest], input[data-suggestions]';
const SEPARATOR = /[,،;؛]/;
const PAUSE = 150;
const LETTERS = 2;
let lists = 0;

/** One search field with its list of suggestions. */
class Combobox {
  constructor(input) {
    this.input = input;
    this.words = input.dataset.suggestions;
    this.address = this.words ?? input.dataset.suggest ?? `${input.form.getAttribute("action")}suggest/`;
    const holder = input.form.getAttribute("role") === "search" ? input.form : input.parentElement;
    this.active = -1;
    this.options = [];
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `suggestions-${(lists += 1)}`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? input.placeholder);
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    holder.classList.add("has-suggestions");
    holder.append(this.list, this.status);
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    input.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(this.options.indexOf(event.target.closest("[role=option]"))));
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.asked().length < LETTERS) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  /** What is being written: all of it, or the word after the last comma. */
  asked() {
    const { value } = this.input;
    return (this.words ? value.split(SEPARATOR).pop() : value).trim();
  }

  async ask() {
    const { signal } = (this.request = new AbortController());
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(this.asked())}`, { signal });
      if (answer.ok) this.show(await answer.json());
    } catch {
      if (!signal.aborted) this.close(); // no network: the form still works
    }
  }

  show({ suggestions, status }) {
    if (document.activeElement !== this.input) return;
    const written = this.words && this.asked(); // what is written already hides nothing
    this.options = suggestions.filter(({ text }) => text !== written).map((one, place) => this.option(one, place));
    this.list.replaceChildren(...this.options);
    this.status.textContent = status;
    this.mark(-1);
    this.open(this.options.length > 0);
  }

  option({ text, url, label, language, direction }, place) {
    const option = document.createElement("li");
    const words = document.createElement("span");
    const kind = document.createElement("small");
    option.id = `${this.list.id}-${place}`;
    option.className = "suggestions__option";
    if (url) option.dataset.url = url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    words.textContent = text;
    words.dir = direction;
    if (language) words.lang = language;
    kind.textContent = label ?? "";
    option.append(words, " ", kind);
    return option;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.status.textContent = "";
    this.mark(-1);
    this.open(false);
  }

  mark(place) {
    this.active = place;
    this.options.forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.options[place].id);
    this.options[place].scrollIntoView({ block: "nearest" });
  }

  go(place) {
    const option = this.options[place];
    if (!option) return;
    if (this.words) return this.take(option.firstChild.textContent);
    const button = this.input.dataset.suggestThen;
    if (!button) return location.assign(option.dataset.url);
    this.input.value = option.firstChild.textContent;
    this.input.form.querySelector(`button[value="${button}"]`).click();
  }

  take(word) {
    const { value } = this.input;
    const before = value.slice(0, value.length - value.split(SEPARATOR).pop().length);
    const comma = getComputedStyle(this.input.form).direction === "rtl" ? "، " : ", ";
    this.input.value = `${before && `${before.trim()} `}${word}${comma}`;
    this.close();
  }

  press(event) {
    if (event.isComposing || this.list.hidden) return;
    const last = this.options.length;
    if (event.key === "ArrowDown") this.mark(((this.active + 2) % (last + 1)) - 1);
    else if (event.key === "ArrowUp") this.mark(((this.active + last + 1) % (last + 1)) - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.go(this.active);
    else return;
    event.preventDefault();
  }
}

const start = (root) => root.querySelectorAll(FIELDS).forEach((input) => input.getAttribute("role") || new Combobox(input));
start(document);
document.addEventListener("htmx:load", (event) => start(event.target)); // the parts that htmx puts in place

