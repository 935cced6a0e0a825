// What every page has, and no page needs: keys, focus on what is wrong, and hiding at once.
// Nothing here keeps anything: no storage, no history, no timers but one second for two keys.

import "/static/alive.js";

export const typing = event =>
  event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey ||
  event.target.closest?.("input, textarea, select, [contenteditable]");

let before = "";
let since = 0;

function follow(key, now) {
  const pair = now - since < 1000 ? before + key : key;
  [before, since] = [key, now];
  if (pair === "gh") location.assign("/");
  if (pair === "gs") location.assign("/search");
  if (key === "/") document.querySelector("main input[type=search], #seek")?.focus();
  if (key === "?") document.querySelector(".foot")?.scrollIntoView();
  return key === "/";
}

// Twice Esc, wherever the cursor is: the page is gone from the screen before the server has answered.
function hide() {
  const form = document.getElementById("lock")?.form;
  document.body.hidden = true;
  form?.requestSubmit();
}

document.addEventListener("keydown", event => {
  const now = event.timeStamp;
  if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) {
    if (before === "Escape" && now - since < 1000) {
      event.preventDefault(); // else Escape stops what the browser is loading, and that is the lock
      hide();
    }
    [before, since] = ["Escape", now];
    return;
  }
  if (!typing(event) && follow(event.key, now)) event.preventDefault();
});

// A page from the browser's memory would show what was open before the lock.
addEventListener("pageshow", event => {
  if (event.persisted) location.reload();
});

document.getElementById("errors")?.focus();
