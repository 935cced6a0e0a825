// Each time of a transcript leads to its place in the sound. Nothing plays by itself: who presses a time hears it.
// Without this, the times stand there to be found by hand.

const cover = document.getElementById("sound");
const sound = cover?.querySelector("audio");

function lead(time) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "seek code";
  button.textContent = time.textContent;
  button.translate = false;
  button.addEventListener("click", () => {
    cover.open = true;
    sound.currentTime = Number(time.dataset.second);
    sound.play().catch(() => {}); // paused again before it began: the player shows how it stands
  });
  time.replaceChildren(button);
}

if (sound) document.querySelectorAll("[data-second]").forEach(lead);
