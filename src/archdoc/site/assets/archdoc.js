// What pictures can do where scripts run: zoom and pan, full screen, what belongs together on hover and
// focus, flows step by step. Without scripts they are pictures with links.
(() => {
  "use strict";

  const CLOSEST = 12; // times as large as the whole picture
  const STILL = 4; // pixels that a pointer may move in a click
  const PLACE = "archdoc-place"; // in sessionStorage: where a reader was when switching pictures
  const prepared = new WeakSet();

  // A browser may refuse to keep anything; then pictures begin anew on every page.
  const remember = (value) => {
    try {
      if (value) return sessionStorage.setItem(PLACE, JSON.stringify(value));
      const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
      sessionStorage.removeItem(PLACE);
      return kept;
    } catch {
      return null;
    }
  };

  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  const button = (label, sign, action) => {
    const made = make("button", { type: "button", "aria-label": label, title: label }, sign);
    made.addEventListener("click", action);
    return made;
  };

  // The visible part of a picture is its viewBox: lines and letters stay sharp however close.
  class Viewer {
    constructor(picture, svg) {
      const { x, y, width, height } = svg.viewBox.baseVal;
      Object.assign(this, { picture, svg, whole: { x, y, width, height } });
      this.box = { ...this.whole };
    }

    get isZoomed() {
      return this.box.width < this.whole.width * 0.999;
    }

    show(box) {
      const { whole } = this;
      const width = Math.min(whole.width, Math.max(whole.width / CLOSEST, box.width));
      const height = (width * whole.height) / whole.width;
      const within = (at, size, start, all) => Math.min(start + all - size, Math.max(start, at));
      this.box = {
        x: within(box.x, width, whole.x, whole.width),
        y: within(box.y, height, whole.y, whole.height),
        width,
        height,
      };
      this.svg.setAttribute("viewBox", Object.values(this.box).join(" "));
      this.picture.classList.toggle("archdoc-zoomed", this.isZoomed);
    }

    // Around a point in the picture's own units; without one, around the middle.
    zoom(factor, point) {
      const { x, y, width, height } = this.box;
      const at = point || { x: x + width / 2, y: y + height / 2 };
      const size = Math.min(this.whole.width, Math.max(this.whole.width / CLOSEST, width / factor));
      const scale = size / width;
      this.show({ x: at.x - (at.x - x) * scale, y: at.y - (at.y - y) * scale, width: size });
    }

    move(right, down) {
      this.show({ ...this.box, x: this.box.x + right, y: this.box.y + down });
    }

    // Something of the picture into the visible part of it.
    bring(element) {
      const { x, y, width, height } = element.getBBox();
      const { box, picture } = this;
      if (this.isZoomed) this.move(x + (width - box.width) / 2 - box.x, y + (height - box.height) / 2 - box.y);
      const [shown, frame] = [element, picture].map((one) => one.getBoundingClientRect());
      picture.scrollLeft += shown.left + shown.width / 2 - frame.left - frame.width / 2;
    }

    point(event) {
      const at = new DOMPoint(event.clientX, event.clientY);
      return at.matrixTransform(this.svg.getScreenCTM().inverse());
    }
  }

  const dragging = (viewer) => {
    const { picture } = viewer;
    let from = null;
    let moved = false;
    picture.addEventListener("pointerdown", (event) => {
      moved = false;
      if (viewer.isZoomed && event.button === 0) from = { event, point: viewer.point(event) };
    });
    picture.addEventListener("pointermove", (event) => {
      if (!from) return;
      const far = Math.hypot(event.clientX - from.event.clientX, event.clientY - from.event.clientY);
      if (!moved && far < STILL) return;
      if (!moved) picture.setPointerCapture(event.pointerId);
      moved = true;
      const now = viewer.point(event);
      viewer.move(from.point.x - now.x, from.point.y - now.y);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      picture.addEventListener(end, () => (from = null));
    }
    // The end of a drag is no click on what lies under it, nor is a link dragged away.
    picture.addEventListener("click", (event) => moved && event.preventDefault(), true);
    picture.addEventListener("dragstart", (event) => event.preventDefault());
    picture.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
        event.preventDefault();
        viewer.zoom(Math.exp(-event.deltaY / 300), viewer.point(event));
      },
      { passive: false },
    );
  };

  const arrows = (svg) => [...svg.querySelectorAll("[data-source][data-target]")];

  // Light some arrows with their ends, and let the rest fade; nothing given: everything is lit.
  const light = (svg, chosen, also = []) => {
    const ids = new Set(also);
    for (const { dataset } of chosen) ids.add(dataset.source).add(dataset.target);
    svg.classList.toggle("archdoc-focus", chosen.length > 0);
    for (const arrow of arrows(svg)) arrow.classList.toggle("archdoc-lit", chosen.includes(arrow));
    for (const element of svg.querySelectorAll("[data-element]")) {
      element.classList.toggle("archdoc-lit", ids.has(element.dataset.element));
    }
  };

  // Listens around the SVG: browsers let one be focused that itself listens for the focus.
  const highlighting = (picture, svg, rest) => {
    const meant = ({ target }) => {
      const inner = target.closest("a")?.querySelector("[data-element]");
      const hit = target.closest("[data-element], [data-source]") || inner;
      if (!hit || !svg.contains(hit)) return rest();
      if (hit.dataset.source) return light(svg, [hit]);
      const id = hit.dataset.element;
      const own = arrows(svg).filter(({ dataset }) => [dataset.source, dataset.target].includes(id));
      return own.length ? light(svg, own, [id]) : rest();
    };
    picture.addEventListener("pointerover", meant);
    picture.addEventListener("focusin", meant);
    picture.addEventListener("pointerleave", rest);
    picture.addEventListener("focusout", rest);
  };

  // The messages of a flow in their order, which is written before each of them.
  const stepsOf = (svg) => {
    const number = (arrow) => parseInt(arrow.textContent.trim(), 10);
    const all = arrows(svg).filter((arrow) => number(arrow) > 0);
    const numbers = [...new Set(all.map(number))].sort((a, b) => a - b);
    return numbers.map((wanted) => ({ number: wanted, arrows: all.filter((arrow) => number(arrow) === wanted) }));
  };

  // Where the page scrolls to show a step, the toolbar stays where it was pressed: a button that
  // leaves the pointer has the next press open another page.
  const scrolling = (figure, picture, bar) => {
    let at = 0;
    const release = () => {
      removeEventListener("scroll", onScroll);
      bar.style.top = "";
    };
    const onScroll = () => Math.abs(scrollY - at) > 1 && release();
    bar.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && release());
    // Above and below the toolbar, or below it where it sticks by itself.
    const rooms = (lid, isPressed) => {
      const head = Math.max(0, document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0);
      return isPressed ? [[lid.bottom, innerHeight], [head, lid.top]] : [[head + lid.height, innerHeight]];
    };
    return (element, isPressed) => {
      if (document.fullscreenElement) return;
      if (!isPressed) release();
      const [lid, shown, frame] = [bar, element, picture].map((one) => one.getBoundingClientRect());
      const top = Math.max(shown.top, frame.top);
      const bottom = Math.min(shown.bottom, frame.bottom);
      // A pressed toolbar sticks between its own place and the figure's end.
      const least = isPressed ? Math.min(0, frame.top - lid.height - lid.top) : -Infinity;
      const end = document.documentElement.scrollHeight - innerHeight - scrollY;
      const most = isPressed ? Math.min(end, figure.getBoundingClientRect().bottom - lid.bottom) : end;
      const way = ([from, to]) => {
        const spare = Math.min(STILL, (to - from - bottom + top) / 2); // negative: it is in the middle
        const wanted = top < from ? top - from - spare : bottom > to ? bottom - to + spare : 0;
        const by = Math.max(least, Math.min(most, wanted));
        const seen = Math.min(bottom - by, to) - Math.max(top - by, from);
        return { by, worth: seen + (by ? 0 : 0.5) + (to - from) / 1e4 };
      };
      const [{ by }] = rooms(lid, isPressed).map(way).sort((a, b) => b.worth - a.worth);
      if (!by) return;
      if (isPressed) bar.style.top = `${lid.top}px`;
      scrollBy({ top: by, behavior: "instant" });
      at = scrollY;
      addEventListener("scroll", onScroll);
    };
  };

  // A step in words, from the table below the picture: its ends may be out of sight.
  const words = (figure, number) => {
    const said = ({ cells }) => {
      const [from, way, to, what] = [...cells].map((cell) => cell.textContent);
      return `${from} ${way} ${to}${what && `: ${what}`}`;
    };
    return [...figure.querySelectorAll(`[data-step="${number}"]`)].map(said).join(", ");
  };

  const stepping = (figure, svg, bar, viewer) => {
    const steps = stepsOf(svg);
    if (steps.length < 2) return { rest: () => light(svg, []), go: null };
    let now = -1;
    const begin = "Step by step: ▶, or → in the picture";
    const said = make("span", { class: "archdoc-step", "aria-live": "polite" }, begin);
    const rest = () => light(svg, steps[now]?.arrows || []);
    const scroll = scrolling(figure, viewer.picture, bar);
    const go = (by, isPressed) => {
      const before = now;
      now = Math.max(-1, Math.min(steps.length - 1, now + by));
      // Not disabled, which would take the focus away.
      back.setAttribute("aria-disabled", now < 0);
      next.setAttribute("aria-disabled", now === steps.length - 1);
      if (now === before) return;
      const { number, arrows: [arrow] = [] } = steps[now] || {};
      said.textContent = arrow ? `${number} of ${steps.at(-1).number}: ${words(figure, number)}` : begin;
      rest();
      if (!arrow) return;
      viewer.bring(arrow);
      scroll(arrow, isPressed);
    };
    const back = button("Previous step", "◀", () => go(-1, true));
    const next = button("Next step", "▶", () => go(1, true));
    go(0);
    bar.classList.add("archdoc-steps");
    bar.append(back, next, said);
    return { rest, go };
  };

  const keys = (figure, viewer, go, { all, closer, full }) => {
    const step = (by) => (go ? () => go(by) : () => viewer.move(by * viewer.box.width * 0.1, 0));
    const actions = {
      "+": closer,
      "=": closer,
      "-": () => viewer.zoom(1 / 1.4),
      0: all,
      f: full,
      ArrowRight: step(1),
      ArrowLeft: step(-1),
      ArrowDown: () => viewer.move(0, viewer.box.height * 0.1),
      ArrowUp: () => viewer.move(0, -viewer.box.height * 0.1),
    };
    figure.querySelector(".archdoc-picture").addEventListener("keydown", (event) => {
      if (/^[np.,]$/.test(event.key)) event.stopPropagation(); // the theme's keys for other pages
      const action = actions[event.key];
      const scrolls = event.key.startsWith("Arrow") && !viewer.isZoomed;
      const mine = scrolls ? go && /Left|Right/.test(event.key) : action;
      if (!mine || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    });
  };

  // Switching to the same picture of another environment keeps the reader's place and zoom.
  const keepPlace = (figure, viewer) => {
    for (const link of figure.querySelectorAll(".archdoc-switch a")) {
      link.addEventListener("click", () => {
        const { x, y, width } = viewer.box;
        const { whole } = viewer;
        const part = [(x - whole.x) / whole.width, (y - whole.y) / whole.height, width / whole.width];
        const top = figure.getBoundingClientRect().top;
        remember({ id: figure.id, part, top });
      });
    }
    if (location.hash !== `#${figure.id}`) return;
    const kept = remember();
    if (!kept || kept.id !== figure.id) return;
    const { whole } = viewer;
    const [x, y, width] = kept.part;
    viewer.show({
      x: whole.x + x * whole.width,
      y: whole.y + y * whole.height,
      width: width * whole.width,
    });
    requestAnimationFrame(() => scrollBy(0, figure.getBoundingClientRect().top - kept.top));
  };

  const prepare = (figure) => {
    const picture = figure.querySelector(".archdoc-picture");
    const svg = picture && picture.querySelector("svg");
    if (!svg || prepared.has(figure) || !svg.viewBox.baseVal.width) return;
    prepared.add(figure);
    const viewer = new Viewer(picture, svg);
    const bar = make("div", { class: "archdoc-bar", role: "toolbar", "aria-label": "Picture" });
    const full = () =>
      document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen();
    // On a narrow screen a picture is wider than its frame, until all of it is asked for.
    const all = () => {
      viewer.show(viewer.whole);
      picture.classList.add("archdoc-whole");
    };
    const closer = () => {
      if (viewer.isZoomed || picture.scrollWidth > picture.clientWidth) return viewer.zoom(1.4);
      picture.classList.remove("archdoc-whole");
      if (picture.scrollWidth <= picture.clientWidth) viewer.zoom(1.4);
    };
    const steps = figure.dataset.kind === "dynamic" ? stepping(figure, svg, bar, viewer) : { rest: () => light(svg, []) };
    bar.append(
      button("Zoom in", "+", closer),
      button("Zoom out", "−", () => viewer.zoom(1 / 1.4)),
      button("Show all", "⤢", all),
    );
    if (document.fullscreenEnabled) {
      const corners = button("Full screen", "", full);
      corners.classList.add("archdoc-corners");
      bar.append(corners);
    }
    figure.insertBefore(bar, picture);
    dragging(viewer);
    highlighting(picture, svg, steps.rest);
    keys(figure, viewer, steps.go, { all, closer, full });
    keepPlace(figure, viewer);
    picture.scrollLeft = (picture.scrollWidth - picture.clientWidth) / 2; // on a narrow screen
  };

  // The theme opens all changes when a page is printed: 30 of them are dozens of sheets.
  document.addEventListener("click", ({ target }) => {
    const change = target.closest(".archdoc-change > summary")?.parentElement;
    if (change) change.classList.toggle("archdoc-opened", !change.open);
  });

  // What the theme's own scripts make lacks names, and a way into wide tables for the keyboard.
  let named = 0;
  const complete = () => {
    for (const nav of document.querySelectorAll(".md-code__nav:not([aria-label])")) {
      nav.setAttribute("aria-label", `Code ${(named += 1)}`);
    }
    for (const wide of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) {
      wide.setAttribute("tabindex", "0");
    }
    const search = document.querySelector(".md-search[role=dialog]:not([aria-label])");
    if (search) search.setAttribute("aria-label", "Search");
  };
  new MutationObserver(complete).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });

  const start = () => document.querySelectorAll(".archdoc-figure").forEach(prepare);
  // The theme's instant navigation changes pages without loading scripts anew.
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
