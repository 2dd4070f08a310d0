// Added to pages by `archdoc serve` only: shows a new build, that one is being made, or what keeps it
// from being made.
(() => {
  "use strict";
  // What this page was served of, and not what is newest when somebody first listens.
  const shown = Number(document.currentScript.dataset.build);
  let banner = null;
  let said = ""; // what is wrong is told again every few seconds; who has hidden it, has read it

  const say = (problem) => {
    if (!banner) {
      banner = document.createElement("pre");
      banner.setAttribute("role", "alert");
      banner.id = "archdoc-problem";
      Object.assign(banner.style, {
        position: "fixed", inset: "0 0 auto 0", zIndex: 1000, margin: 0, padding: "1rem 1.5rem",
        maxHeight: "50vh", overflow: "auto", font: "13px/1.5 ui-monospace, monospace",
        color: "#fff", background: "#8c1d18", whiteSpace: "pre-wrap", boxShadow: "0 2px 12px #0006",
      });
      banner.title = "Esc hides it until something else is wrong";
      document.addEventListener("keydown", ({ key }) => key === "Escape" && (banner.hidden = true));
      document.body.append(banner);
    }
    banner.textContent = problem;
    banner.hidden = !problem;
  };

  // Most texts are there before anybody would ask; a diagram takes long enough to wonder.
  let note = null;
  let soon = 0;
  let works = false; // which is told again every few seconds, too
  const work = (isBuilding) => {
    clearTimeout(soon);
    if (note) note.textContent = "";
    if (isBuilding) soon = setTimeout(() => {
      if (!note) {
        note = document.createElement("div");
        note.setAttribute("role", "status");
        note.id = "archdoc-building";
        Object.assign(note.style, {
          position: "fixed", inset: "auto 1rem 1rem auto", zIndex: 1000, borderRadius: "4px",
          font: "13px/1.5 sans-serif", color: "#fff", background: "#333", pointerEvents: "none",
        });
        document.body.append(note);
      }
      note.textContent = "\u2002Building \u2026\u2002";
    }, 500);
  };

  new EventSource("/.archdoc/events").addEventListener("message", ({ data }) => {
    const { build, problem, is_building } = JSON.parse(data);
    if (build !== shown) return location.reload();
    if (is_building !== works) work((works = is_building));
    if (problem !== said) say((said = problem));
  });
})();
