/* The player of a session with its chapters and transcript. Without it the native player and plain links do the same by asking
   for the page again. A line or a chapter plays from there; the line that is said is marked; the transcript narrows as one types.
   Nothing is loaded before somebody asks to play, and nothing is remembered. */

const LETTERS = { آ: "ا", أ: "ا", إ: "ا", ٱ: "ا", ى: "ي", ة: "ه", ڭ: "ك", گ: "ك" };
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** A text as it is compared: without vowel marks and accents, alefs as one (sessions/finding.py does the same). */
function folded(text) {
  return text
    .replace(/[آأإٱىةڭگ]/g, (letter) => LETTERS[letter])
    .normalize("NFKD")
    .replace(/[\p{Mn}\p{Cf}ـ]/gu, "")
    .replace(/\s+/g, " ")
    .toLowerCase();
}

/** The last item that has begun at a second of the recording, -1 for none. Items are in order of their start. */
function placeAt(items, second) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].start <= second + 0.05) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Marks one of several items as the one that is said now. */
class Marker {
  constructor(items) {
    this.items = items;
    this.place = items.findIndex((item) => item.element.getAttribute("aria-current"));
  }

  move(second) {
    let place = placeAt(this.items, second);
    if (place >= 0 && second >= this.items[place].end) place = -1;
    if (place === this.place) return null;
    this.items[this.place]?.element.removeAttribute("aria-current");
    this.items[place]?.element.setAttribute("aria-current", "true");
    this.place = place;
    return this.items[place]?.element ?? null;
  }
}

/** The transcript: its pane follows what is said, and its field narrows it. */
class Transcript {
  constructor(root) {
    this.pane = root.querySelector("[data-pane]");
    this.lines = [...root.querySelectorAll("[data-start]")];
    const timed = this.lines.map((element) => ({ element, start: Number(element.dataset.start), end: Number(element.dataset.end) }));
    this.marker = new Marker(timed);
    this.field = root.querySelector("[data-find]");
    this.count = root.querySelector("[data-count]");
    this.follow = root.querySelector("[data-follow] input");
    this.field.addEventListener("input", () => this.narrow());
    this.field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.narrow();
    });
    this.show(root.querySelector(".line[aria-current]"));
  }

  narrow() {
    const wanted = folded(this.field.value.trim());
    this.texts ??= this.lines.map((line) => folded(line.querySelector(".line__text").textContent));
    let found = 0;
    this.lines.forEach((line, place) => {
      line.hidden = wanted !== "" && !this.texts[place].includes(wanted);
      if (!line.hidden) found += 1;
    });
    const words = this.count.dataset.count.replace("%(found)s", found).replace("%(all)s", this.lines.length);
    this.count.textContent = wanted ? words : "";
  }

  at(second) {
    const line = this.marker.move(second);
    if (line && this.follow.checked) this.show(line);
  }

  /** Brings a line into the pane's view, without moving the page. */
  show(line) {
    if (!line || line.hidden) return;
    const top = line.offsetTop - this.pane.clientHeight / 3;
    this.pane.scrollTo({ top, behavior: still.matches ? "auto" : "smooth" });
  }

  /** Joins the transcript to a player: its lines play, its pane follows. */
  join(player) {
    this.pane.classList.add("is-live");
    this.follow.parentElement.hidden = false;
    this.pane.addEventListener("click", (event) => {
      const line = event.target.closest("[data-start]");
      if (!line || event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
      event.preventDefault();
      player.play(Number(line.dataset.start), line.querySelector("a").href);
    });
  }
}

/** The native player with what hangs on it. */
class Player {
  constructor(root, transcript) {
    this.root = root;
    this.media = root.querySelector("[data-media]");
    this.transcript = transcript;
    const chapters = [...root.querySelectorAll("[data-seek]")];
    const starts = chapters.map((chapter) => Number(chapter.dataset.seek));
    this.chapters = new Marker(chapters.map((element, place) => ({ element, start: starts[place], end: starts[place + 1] ?? Infinity })));
    transcript?.join(this);
    this.media.addEventListener("timeupdate", () => this.mark());
    this.media.addEventListener("seeking", () => this.mark());
    root.addEventListener("click", (event) => this.click(event));
    this.save();
  }

  mark() {
    this.chapters.move(this.media.currentTime);
    this.transcript?.at(this.media.currentTime);
  }

  click(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const chapter = event.target.closest("[data-seek]");
    const quality = event.target.closest("[data-src]");
    if (chapter) {
      event.preventDefault();
      this.play(Number(chapter.dataset.seek), chapter.href);
    } else if (quality && (this.media.tagName === "VIDEO" || quality.dataset.kind === "audio")) {
      event.preventDefault();
      this.change(quality);
    }
  }

  /** Plays from a second; the address then says so, to be copied. */
  play(second, address) {
    this.media.currentTime = second;
    this.media.play().catch(() => {}); // the browser may want a click on the player itself
    history.replaceState(null, "", address);
  }

  /** Plays another file from where the first one stands. A picture's frame also plays sound alone, and keeps its captions. */
  change(link) {
    const { media } = this;
    const started = !media.paused;
    const asked = /#t=([\d.]+)/.exec(media.getAttribute("src"));
    const second = media.readyState ? media.currentTime : media.currentTime || Number(asked?.[1] ?? 0);
    media.src = link.dataset.src + (second ? `#t=${second}` : "");
    this.root.querySelectorAll("[data-src]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    if (started) media.play().catch(() => {});
  }

  /** Whoever asks the browser to save data gets the sound first, unless they chose. */
  save() {
    const sound = this.root.querySelector('[data-kind="audio"]:not([aria-current])');
    if (sound && navigator.connection?.saveData && !new URLSearchParams(location.search).has("quality")) this.change(sound);
  }
}

const words = document.querySelector("[data-transcript]");
const transcript = words && new Transcript(words);
const frame = document.querySelector("[data-player]");
if (frame?.querySelector("[data-media]")) new Player(frame, transcript);
