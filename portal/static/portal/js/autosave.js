/* Saves a step while it is being written. What the server has not heard yet stays in this browser: sent when the connection is
   back, and offered when the page is opened again. Without it the buttons save. */

const PAUSE = 1200;

/** One form with its line of state. */
class Autosave {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.status = form.querySelector("[data-autosave-status]");
    this.place = `autosave:${this.words.autosave.replace(/^\/\w\w\//, "")}`;
    this.offer();
    form.addEventListener("input", () => this.wait());
    form.addEventListener("submit", () => this.leave());
    addEventListener("online", () => this.read() && this.save());
    addEventListener("pagehide", () => this.waiting && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.waiting && this.save());
  }

  /** The fields as pairs, without the token. */
  pairs() {
    return [...new FormData(this.form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.place));
    } catch {
      return null;
    }
  }

  /** Keeps the fields here, with the moment of the last save that the page knows of. */
  store(pairs, left = false) {
    try {
      if (pairs) localStorage.setItem(this.place, JSON.stringify({ pairs, left, since: this.words.updated }));
      else localStorage.removeItem(this.place);
    } catch {
      // No room, or not allowed: the buttons still save.
    }
  }

  rest() {
    clearTimeout(this.timer);
    this.waiting = false;
  }

  /** A button saves: what is kept here is forgotten on a page that has been saved since. */
  leave() {
    this.rest();
    if (this.read()) this.store(this.pairs(), true);
  }

  wait() {
    this.rest();
    this.waiting = true;
    this.store(this.pairs());
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    this.rest();
    if (this.busy) return void (this.again = true);
    this.busy = true;
    const sent = JSON.stringify(this.pairs());
    this.say(this.words.saving);
    await this.send(sent);
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.save();
    }
  }

  async send(sent) {
    const body = new URLSearchParams(new FormData(this.form));
    try {
      const answer = await fetch(this.words.autosave, { method: "POST", body, keepalive: body.toString().length < 60000, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.say(answer.status === 401 ? this.words.signedOut : this.words.refused, true);
      const { saved, percent, updated } = await answer.json();
      this.words.updated = updated;
      if (JSON.stringify(this.read()?.pairs) === sent) this.store(null);
      this.say(`${this.words.saved} ${saved}`);
      this.fill(percent);
    } catch {
      this.say(this.words.offline, true);
    }
  }

  fill(percent) {
    document.querySelectorAll(".complete__meter").forEach((meter) => (meter.value = percent));
    document.querySelectorAll(".complete__percent").forEach((place) => (place.textContent = `${percent}%`));
  }

  say(words, kept = false) {
    this.status.textContent = words;
    this.status.classList.toggle("autosave--kept", kept);
  }

  /** Offers what was kept here and differs from what the page shows. */
  offer() {
    const kept = this.read();
    if (!kept) return;
    const saved = kept.left && kept.since !== this.words.updated;
    if (saved || JSON.stringify(kept.pairs) === JSON.stringify(this.pairs())) return this.store(null);
    this.say(`${this.words.found} `, true);
    this.status.append(this.button(this.words.take, () => this.take(kept.pairs)), " ", this.button(this.words.drop, () => this.say("")));
  }

  button(words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = words;
    button.addEventListener("click", () => {
      this.store(null);
      act();
    });
    return button;
  }

  take(kept) {
    for (const field of this.form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") continue;
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    this.wait();
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
