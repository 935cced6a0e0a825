// Keeps an interview while it is typed. Without this, every button of the form keeps it.
// Nothing is sent while a syllable is being composed, and nothing is kept here: what is not answered yet stands in the
// form alone, and the page says so.

const form = document.getElementById("form");
const kept = document.getElementById("kept");
const failed = document.getElementById("failed");
const PAUSE = 600;

let timer = 0;
let sending = false;
let changed = false;
let at = "";

function partOf(name) {
  const numbered = /^(who|told)-\d+/.exec(name);
  return numbered ? numbered[0] : "source";
}

function wait(field) {
  if (!field?.name) return;
  changed = true;
  at = partOf(field.name);
  kept.textContent = form.dataset.waiting;
  clearTimeout(timer);
  timer = setTimeout(keep, PAUSE);
}

async function keep() {
  clearTimeout(timer);
  if (sending || !changed) return;
  sending = true;
  changed = false;
  const body = new URLSearchParams(new FormData(form));
  body.set("at", at);
  let well = false;
  try {
    const reply = await fetch(form.dataset.keep, { method: "POST", body, redirect: "error" });
    well = reply.ok && place(await reply.text());
  } catch {
    well = false;
  }
  sending = false;
  if (well) {
    failed.textContent = "";
    if (changed) timer = setTimeout(keep, PAUSE);
  } else {
    changed = true;
    kept.textContent = "";
    failed.textContent = form.dataset.failed;
    timer = setTimeout(keep, 10 * PAUSE);
  }
}

function place(text) {
  const answer = new DOMParser().parseFromString(text, "text/html").getElementById("answer");
  if (!answer) return false;
  form.elements.revision.value = answer.dataset.revision;
  form.action = `/record/${answer.dataset.id}`;
  form.dataset.keep = `/record/${answer.dataset.id}/keep`;
  document.getElementById("undo").hidden = !answer.dataset.undo;
  if (!changed) kept.replaceChildren(...answer.querySelector(".kept").childNodes);
  for (const one of answer.querySelectorAll("[data-noted], datalist")) {
    const old = document.getElementById(one.id);
    if (old && !old.contains(document.activeElement) && old.innerHTML !== one.innerHTML) {
      old.replaceChildren(...document.importNode(one, true).childNodes);
    }
  }
  return true;
}

form.addEventListener("input", event => {
  if (!event.isComposing) wait(event.target);
});
form.addEventListener("compositionend", event => wait(event.target));

// Enter chooses a syllable while composing, and ends a line elsewhere; it never sends the form by accident.
form.addEventListener("keydown", event => {
  if (event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio])")) event.preventDefault();
});

// The properties offered are those of what the statement is about.
form.addEventListener("change", event => {
  const part = /^(told-\d+)-about$/.exec(event.target.name);
  if (!part) return;
  const kind = event.target.selectedOptions[0]?.dataset.kind ?? "";
  form.elements[`${part[1]}-property`].setAttribute("list", `properties-${kind}`);
});

// What may be meant is written into its field, without leaving the page.
form.addEventListener("click", event => {
  const take = event.target.closest(".take");
  const field = take && form.elements[take.dataset.field];
  if (!field) return;
  event.preventDefault();
  field.value = take.dataset.typed;
  field.focus();
  wait(field);
  keep();
});

// What was typed before this file was read, or given back by the browser when the page was read again, is kept, too.
function differs(field) {
  if (!field.matches("input:not([type=hidden]), select, textarea")) return false;
  if (field.options) {
    const preset = [...field.options].findIndex(option => option.defaultSelected);
    return field.selectedIndex !== Math.max(preset, 0);
  }
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
}

for (const field of form.elements) if (differs(field)) wait(field);

// A button of the form keeps everything itself.
form.addEventListener("submit", () => {
  clearTimeout(timer);
  changed = false;
});

addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keep();
});

// Hiding at once asks nothing; leaving by accident does.
addEventListener("beforeunload", event => {
  if (changed && !document.body.hidden) event.preventDefault();
});
