// Two people side by side: J and K go to the next and the earlier pair, U to taking back. Never while somebody types.

import { typing } from "/static/app.js";

const follow = rel => document.querySelector(`.pages a[rel=${rel}]`)?.click();
const keys = {
  j: () => follow("next"),
  k: () => follow("prev"),
  u: () => document.getElementById("undo")?.focus(),
};

document.addEventListener("keydown", event => {
  const act = typing(event) || event.shiftKey ? undefined : keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
