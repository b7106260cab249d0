/* The captions editor of the CMS: captions as rows beside the player. The text below the rows is what is sent; rows are written
   into it at every change, and read from it when it is changed by hand. Without this, the text alone does it. */

const ARROW = /^\s*(\S+)\s+-->\s+(\S+)(.*)$/;
const VOICE = /^<v(?:\.[^\s>]+)?\s+([^>]+)>([\s\S]*?)(?:<\/v>)?$/;

function seconds(text) {
  const found = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,3})?)$/.exec(text.trim());
  return found ? Number(found[1] ?? 0) * 3600 + Number(found[2]) * 60 + Number(found[3].replace(",", ".")) : NaN;
}

function written(value) {
  const whole = Math.max(0, Math.round(value * 1000));
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  return `${two(whole / 3600000)}:${two((whole / 60000) % 60)}:${two((whole / 1000) % 60)}.${String(whole % 1000).padStart(3, "0")}`;
}

const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A block of the file: a caption, or anything else, which stays as it is. */
function block(text) {
  const lines = text.split("\n");
  const place = lines.findIndex((line) => ARROW.test(line));
  if (place < 0 || place > 1) return { raw: text };
  const [, start, end, settings] = ARROW.exec(lines[place]);
  const payload = lines.slice(place + 1).join("\n").replace(/[\u200e\u200f\u061c]/g, "");
  const voice = VOICE.exec(payload);
  const single = voice && !/<v[.\s]/.test(voice[2]);
  return {
    id: lines.slice(0, place).join("\n"),
    start,
    end,
    settings: settings.trim(),
    voice: single ? unescaped(voice[1].trim()) : "",
    words: single ? voice[2] : payload,
  };
}

function asText(cue) {
  if (cue.raw !== undefined) return cue.raw;
  const words = cue.words.replace(/\n{2,}/g, "\n").trim();
  const payload = cue.voice.trim() ? `<v ${escaped(cue.voice.trim())}>${words}</v>` : words;
  const times = `${cue.start} --> ${cue.end}${cue.settings ? ` ${cue.settings}` : ""}`;
  return [cue.id, times, payload].filter(Boolean).join("\n");
}

class Editor {
  constructor(root) {
    this.root = root;
    this.media = root.querySelector("[data-media]");
    this.text = root.querySelector("#id_vtt");
    this.list = root.querySelector("[data-cues]");
    this.template = root.querySelector("[data-row]");
    this.status = root.querySelector("[data-status]");
    this.kept = this.text.value;
    this.list.hidden = root.querySelector("[data-help]").hidden = root.querySelector("[data-more]").hidden = false;
    this.list.addEventListener("input", (event) => this.write(event.target.closest("[data-cue]")));
    this.list.addEventListener("click", (event) => this.press(event));
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("change", () => this.read());
    root.querySelector("[data-first]").addEventListener("click", () => this.insert(this.list.lastElementChild));
    this.media?.addEventListener("timeupdate", () => this.now());
    this.leave();
    this.read();
    root.querySelector("[data-text]").open = !this.list.children.length || Boolean(document.querySelector("[data-problems]"));
  }

  read() {
    const text = this.text.value.replace(/\r\n?/g, "\n");
    this.blocks = text.split(/\n[ \t]*\n+/).map((one) => one.replace(/^\n+|\n+$/g, "")).filter(Boolean).map(block);
    this.list.replaceChildren(...this.blocks.filter((one) => one.raw === undefined).map((cue) => this.row(cue)));
    this.unsaved();
  }

  row(cue) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.cue = cue;
    row.querySelector("[data-in]").value = cue.start;
    row.querySelector("[data-out]").value = cue.end;
    row.querySelector("[data-voice]").value = cue.voice;
    row.querySelector("[data-words]").value = cue.words;
    return row;
  }

  /** Takes a row over into the text. */
  write(row) {
    if (row) {
      const { cue } = row;
      cue.start = row.querySelector("[data-in]").value.trim();
      cue.end = row.querySelector("[data-out]").value.trim();
      cue.voice = row.querySelector("[data-voice]").value;
      cue.words = row.querySelector("[data-words]").value;
      row.classList.toggle("is-wrong", !(seconds(cue.end) > seconds(cue.start)));
    }
    this.text.value = `${this.blocks.map(asText).join("\n\n")}\n`;
    this.unsaved();
  }

  unsaved() {
    const changed = this.text.value.replace(/\s+/g, " ").trim() !== this.kept.replace(/\s+/g, " ").trim();
    this.status.textContent = changed ? this.status.dataset.unsaved : "";
    this.changed = changed;
  }

  press(event) {
    const button = event.target.closest("[data-do]");
    if (button) this.act(button.dataset.do, button.closest("[data-cue]"));
  }

  key(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const names = { KeyP: "play", KeyI: "in", KeyO: "out", Enter: "split", NumpadEnter: "split", KeyM: "merge", KeyN: "insert", Backspace: "delete" };
    const name = names[event.code];
    const row = event.target.closest("[data-cue]");
    if (!name || !row) return;
    event.preventDefault();
    this.act(name, row);
  }

  act(name, row) {
    const { cue } = row;
    if (name === "play") return this.play(cue);
    if (name === "in" || name === "out") {
      if (!this.media) return null;
      row.querySelector(`[data-${name}]`).value = written(this.media.currentTime);
      return this.write(row);
    }
    if (name === "split") return this.split(row);
    if (name === "merge") return this.merge(row);
    if (name === "insert") return this.insert(row);
    return this.remove(row);
  }

  play(cue) {
    if (!this.media) return;
    if (!this.media.paused) return this.media.pause();
    this.media.currentTime = seconds(cue.start) || 0;
    this.media.play().catch(() => {});
  }

  place(cue, after) {
    const place = after ? this.blocks.indexOf(after) + 1 : this.blocks.length;
    this.blocks.splice(place, 0, cue);
  }

  split(row) {
    const { cue } = row;
    const words = row.querySelector("[data-words]");
    const at = words.selectionStart || Math.ceil(cue.words.length / 2);
    const [start, end] = [seconds(cue.start), seconds(cue.end)];
    const playing = this.media?.currentTime ?? -1;
    const cut = playing > start && playing < end ? playing : start + (end - start) * (at / Math.max(cue.words.length, 1));
    const rest = { ...cue, id: "", start: written(cut), words: cue.words.slice(at).trim() };
    words.value = cue.words.slice(0, at).trim();
    row.querySelector("[data-out]").value = written(cut);
    this.add(rest, row);
    this.write(row);
  }

  merge(row) {
    const next = row.nextElementSibling;
    if (!next) return;
    const words = row.querySelector("[data-words]");
    words.value = `${words.value.trim()}\n${next.cue.words.trim()}`;
    row.querySelector("[data-out]").value = next.cue.end;
    this.blocks.splice(this.blocks.indexOf(next.cue), 1);
    next.remove();
    this.write(row);
    words.focus();
  }

  insert(row) {
    const from = row ? seconds(row.cue.end) || 0 : this.media?.currentTime ?? 0;
    this.add({ id: "", start: written(from), end: written(from + 3), settings: "", voice: row?.cue.voice ?? "", words: "" }, row);
    this.write(null);
  }

  add(cue, row) {
    this.place(cue, row?.cue);
    const added = this.row(cue);
    if (row) row.after(added);
    else this.list.append(added);
    added.querySelector("[data-words]").focus();
  }

  remove(row) {
    const near = row.nextElementSibling ?? row.previousElementSibling;
    this.blocks.splice(this.blocks.indexOf(row.cue), 1);
    row.remove();
    this.write(null);
    (near?.querySelector("[data-words]") ?? this.text).focus();
  }

  now() {
    const second = this.media.currentTime;
    this.root.querySelector("[data-now]").textContent = written(second);
    [...this.list.children].forEach((row) => row.classList.toggle("is-now", seconds(row.cue.start) <= second && second < seconds(row.cue.end)));
  }

  /** Warns whoever leaves with captions or chapters that are not kept. */
  leave() {
    let sent = false;
    let chapters = false;
    this.root.querySelectorAll("[data-form]").forEach((form) => form.addEventListener("submit", () => (sent = true)));
    this.root.querySelector("#chapters").addEventListener("input", () => (chapters = true));
    addEventListener("beforeunload", (event) => {
      if (!sent && (this.changed || chapters)) event.preventDefault();
    });
  }
}

function toLine(link) {
  const text = document.getElementById("id_vtt");
  const lines = text.value.split("\n");
  const line = Number(link.dataset.line);
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.closest("details").open = true;
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, line - 4);
}

const root = document.querySelector("[data-captions]");
const editor = new Editor(root);
document.querySelectorAll("[data-line]").forEach((link) =>
  link.addEventListener("click", (event) => {
    event.preventDefault();
    toLine(link);
  }),
);
root.querySelector("[data-remove]")?.addEventListener("click", (event) => {
  if (!confirm(event.currentTarget.dataset.remove)) event.preventDefault();
});
const mark = root.querySelector("[data-mark]");
if (editor.media) {
  mark.hidden = false;
  mark.addEventListener("click", () => {
    const free = [...root.querySelectorAll("#chapters [name$='-start']")].find((field) => !field.value);
    if (!free) return;
    free.value = written(Math.floor(editor.media.currentTime)).replace(/\.000$/, "");
    free.closest("tr").querySelector("[name$='-title_ar']").focus();
  });
}
