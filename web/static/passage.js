// A pasted link opens exactly its passage: #c120-160 names characters of the text,
// counted as code points. Selecting words puts their link into the address.
"use strict";
(() => {
  const sheet = document.getElementById("text");
  if (!sheet) return;
  const blocks = [...sheet.querySelectorAll("[data-start]")].map((e) => ({ e, start: +e.dataset.start }));
  blocks.forEach((b) => { b.end = b.start + [...b.e.textContent].length; });

  // place gives the text node and offset of a code point.
  const place = (at, end) => {
    const b = blocks.find((b) => at >= b.start && (end ? at <= b.end && at > b.start : at < b.end));
    if (!b) return null;
    let left = at - b.start;
    const walk = document.createTreeWalker(b.e, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const points = [...n.data];
      if (left < points.length || (end && left === points.length)) return [n, points.slice(0, left).join("").length];
      left -= points.length;
    }
    return null;
  };

  const show = () => {
    const m = /^#c(\d+)-(\d+)$/.exec(location.hash);
    if (window.CSS && CSS.highlights) CSS.highlights.delete("passage");
    if (!m) return;
    const from = place(+m[1], false), to = place(+m[2], true);
    if (!from || !to) {
      const last = blocks[blocks.length - 1];
      if (last && (+m[1] >= last.end || +m[1] < blocks[0].start) && !location.search.includes("at=")) {
        location.replace(sheet.dataset.article + "?at=" + m[1] + "-" + m[2] + location.hash);
      }
      return;
    }
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    if (window.CSS && CSS.highlights) CSS.highlights.set("passage", new Highlight(range));
    from[0].parentElement.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", show);
  show();

  // offset is the code point at a place in the document.
  const offset = (node, at) => {
    const e = (node.nodeType === 1 ? node : node.parentElement).closest("[data-start]");
    if (!e) return -1;
    const r = document.createRange();
    r.selectNodeContents(e);
    r.setEnd(node, at);
    return +e.dataset.start + [...r.toString()].length;
  };
  document.addEventListener("mouseup", () => {
    const s = getSelection();
    if (!s || s.isCollapsed || !s.rangeCount) return;
    const r = s.getRangeAt(0);
    const a = offset(r.startContainer, r.startOffset), b = offset(r.endContainer, r.endOffset);
    if (a >= 0 && b > a) history.replaceState(null, "", "#c" + a + "-" + b);
  });

  // Choosing a finding lights its parts.
  const light = () => {
    const note = location.hash.startsWith("#n-") ? location.hash : "";
    sheet.querySelectorAll(".chosen").forEach((e) => e.classList.remove("chosen"));
    if (note) sheet.querySelectorAll('[data-f~="' + CSS.escape(note.slice(3)) + '"]').forEach((e) => e.classList.add("chosen"));
  };
  addEventListener("hashchange", light);
  light();
})();
