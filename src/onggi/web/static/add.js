// Says how long each file is before the first is sent, so that large ones can be sealed as they come.
// Without this, a file above 16 MB must be the last of its form.

const form = document.getElementById("sizes").form;
const inputs = [...form.querySelectorAll("input[type=file]")];

function tell() {
  const files = inputs.flatMap(input => [...input.files]);
  form.elements.sizes.value = files.map(file => file.size).join(" ");
}

form.addEventListener("change", tell);
form.addEventListener("submit", tell);
