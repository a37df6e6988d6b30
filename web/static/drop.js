// Files dropped on the form become its files; the form itself works without.
(() => {
  const zone = document.getElementById("drop"), input = document.getElementById("file"), said = document.getElementById("chosen");
  if (!zone || !input) return;
  const say = () => { if (input.files.length) said.textContent = [...input.files].slice(0, 12).map((f) => f.name).join(", ") + (input.files.length > 12 ? " and " + (input.files.length - 12) + " more" : ""); };
  for (const kind of ["dragover", "dragenter"]) zone.addEventListener(kind, (e) => { e.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (e) => { e.preventDefault(); if (e.dataTransfer.files.length) { input.files = e.dataTransfer.files; say(); } });
  input.addEventListener("change", say);
})();
