// Added to pages by `archdoc serve` only: shows a new build, or what keeps it from being made.
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

  new EventSource("/.archdoc/events").addEventListener("message", ({ data }) => {
    const { build, problem } = JSON.parse(data);
    if (build !== shown) return location.reload();
    if (problem !== said) say((said = problem));
  });
})();
