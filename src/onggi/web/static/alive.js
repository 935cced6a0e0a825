// Looks whether the vault is still open. When it is not, nothing of it stays on the screen or in what the
// browser keeps for the way back. Nothing here keeps a vault open: the server does not count it as work.

const SHUT = [401, 421, 423];
let missed = 0;

function leave() {
  document.body.replaceChildren();
  location.replace("/");
}

async function look() {
  try {
    const answer = await fetch("/alive", { cache: "no-store", redirect: "error" });
    missed = 0;
    if (SHUT.includes(answer.status)) leave();
  } catch {
    missed += 1;
    if (missed > 1) leave(); // nobody answers any more
  }
}

setInterval(look, 5000);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
addEventListener("pagehide", () => document.body.replaceChildren());
