// Conveniences only: every page reads and works without this file.
"use strict";

const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

// A marked number and its note belong together: pointing at one shows the other, a click pins both.
const notes = new Map();
each(".note-card", (note) => notes.set(note.dataset.key, note));
let pinned = [];
const unpin = () => pinned.forEach((one) => one.classList.remove("pinned"));
const together = (mark) => [mark, ...mark.dataset.keys.split(" ").map((key) => notes.get(key)).filter(Boolean)];
each("a.mark", (mark) => {
  mark.addEventListener("click", (event) => {
    const found = together(mark);
    if (found.length < 2) return;
    event.preventDefault();
    unpin();
    pinned = found;
    pinned.forEach((one) => one.classList.add("pinned"));
    const note = found[found.length - 1];
    const why = note.querySelector("details.why-read");
    if (why) why.open = true;
    const seen = note.getBoundingClientRect();
    if (seen.top < 0 || seen.bottom > window.innerHeight) note.scrollIntoView({ block: "nearest" });
    const focus = note.querySelector("summary, a");
    if (focus) focus.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + mark.id);
  });
});
// Where there is room the notes stand in the margin, each beside its lines; one that grows pushes the notes below it, never
// the text. Without script they stand under their paragraph's row.
const reading = document.querySelector(".reading");
const margins = reading ? [...reading.querySelectorAll(".notes")] : [];
const roomy = window.matchMedia("(min-width: 60.01rem)");
const lay = () => {
  const apart = roomy.matches && margins.length > 0;
  reading.classList.toggle("laid", apart);
  reading.style.minHeight = "";
  let bottom = 0;
  for (const list of margins) {
    if (!apart) {
      list.style.top = "";
      continue;
    }
    const row = list.parentElement;
    const top = Math.max(row.offsetTop, bottom);
    list.style.top = `${top}px`;
    bottom = top + list.offsetHeight + 12;
  }
  if (apart) reading.style.minHeight = `${bottom}px`;
};
if (margins.length) {
  lay();
  roomy.addEventListener("change", lay);
  window.addEventListener("resize", lay);
  window.addEventListener("beforeprint", () => reading.classList.remove("laid"));
  window.addEventListener("afterprint", lay);
  margins.forEach((list) => list.addEventListener("toggle", lay, true));
  if (document.fonts) document.fonts.ready.then(lay);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") unpin();
  const form = event.target.form;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && form.requestSubmit) form.requestSubmit();
});

// Times stay absolute; how long ago stands beside them.
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];
each("time[datetime]", (time) => {
  const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
  if (Number.isNaN(seconds) || Math.abs(seconds) > 30 * 86400) return;
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) || ["minute", 60];
  const beside = document.createElement("span");
  beside.className = "ago";
  beside.textContent = ` (${ago.format(Math.round(seconds / size), unit)})`;
  time.after(beside);
});

// A reason is asked for only where a conflict is dismissed.
each("[data-with]", (part) => {
  const form = part.closest("form");
  const show = () => {
    const chosen = form.querySelector("input[name=verdict]:checked");
    part.hidden = !chosen || chosen.value !== part.dataset.with;
  };
  form.addEventListener("change", show);
  show();
});

// Somebody who reviews on one's own machine types the name once a sitting.
each("[data-keep]", (field) => {
  try {
    field.value = field.value || sessionStorage.getItem(field.dataset.keep) || "";
    field.addEventListener("change", () => sessionStorage.setItem(field.dataset.keep, field.value));
  } catch {
    // Storage may be switched off; then the name is typed again.
  }
});

// A narrowing takes effect when it is chosen.
each("form.narrow-down select", (select) => select.addEventListener("change", () => select.form.requestSubmit()));
