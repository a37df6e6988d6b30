// Keys for reviewing, and words chosen by selecting them. Everything here can also
// be done without: each key presses what stands on the page.
(() => {
  const press = { j: "next", k: "back", a: "accept", x: "reject", u: "undo" };
  const byId = (id) => document.getElementById(id);
  const begin = byId("first");
  const open = (id, focus) => {
    const box = byId(id);
    if (!box) return;
    box.open = !box.open;
    if (box.open) (box.querySelector(focus) || box).focus();
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    if (e.key === "e") { open("correct", ".moves a, input:not([type=hidden])"); e.preventDefault(); return; }
    if (e.key === "?") { open("keys", "summary"); e.preventDefault(); return; }
    const target = byId(press[e.key]) || (e.key === "j" && begin);
    if (target) { target.click(); e.preventDefault(); }
  });
  // Ends that a link has moved are shown where they are.
  const box = byId("correct");
  if (box && location.hash === "#correct") box.open = true;

  // Words selected in the paragraph become the part whose field was used last, or the
  // last part: offsets are code points, as everywhere.
  const para = byId("para");
  if (!para) return;
  const fields = [...document.querySelectorAll(".part input")];
  let chosen = fields[fields.length - 1];
  fields.forEach((f) => f.addEventListener("focus", () => { chosen = f; }));
  const place = (node, offset) => {
    const span = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (!span || node.nodeType !== Node.TEXT_NODE) return null;
    return Number(span.dataset.at) + [...node.data.slice(0, offset)].length;
  };
  document.addEventListener("mouseup", () => {
    const s = getSelection();
    if (!s || s.isCollapsed || !box || !box.open || !para.contains(s.anchorNode) || !para.contains(s.focusNode)) return;
    const r = s.getRangeAt(0);
    const from = place(r.startContainer, r.startOffset), to = place(r.endContainer, r.endOffset);
    if (from === null || to === null || from >= to) return;
    chosen.value = from + "-" + to;
    chosen.closest(".part").querySelector("bdi").textContent = r.toString();
  });
})();
