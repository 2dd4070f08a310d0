// What keeps people from reading the picture in this page, as a list of sentences.
// Lengths are in the picture's own units, which is how large it is drawn.
() => {
  const SLACK = 1.5; // letters' boxes are taller than their ink
  const CONTRAST = 4.5; // WCAG 2.2, success criterion 1.4.3
  const TORN = 20; // a label further from its arrow than a line of text seems to belong to nothing
  const svg = document.querySelector('svg');
  const faults = [];
  const boxOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;
  const holds = (outer, inner) =>
    inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK &&
    inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;

  // An arrow's label, the name of a boundary, or what a box says: the lines of one group.
  const groupOf = (text) => text.closest('g[class]');
  const shapeOf = (group) =>
    [...group.querySelectorAll('rect, path, polygon, ellipse, image')].reduce((largest, shape) => {
      const area = (s) => { const b = boxOf(s); return (b.right - b.left) * (b.bottom - b.top); };
      return largest && area(largest) >= area(shape) ? largest : shape;
    }, null);
  const texts = [...svg.querySelectorAll('text')]
    .filter((text) => text.textContent.trim() && parseFloat(getComputedStyle(text).fontSize) > 1)
    .map((element) => ({ element, group: groupOf(element), box: boxOf(element), said: element.textContent.trim() }));
  const nodes = [...svg.querySelectorAll('g.entity, g.node')]
    .map((group) => ({ group, shape: shapeOf(group) }))
    .filter(({ shape }) => shape)
    .map(({ group, shape }) => ({ group, box: boxOf(shape) }));
  const boundaries = [...svg.querySelectorAll('g.cluster')]
    .map((group) => ({ group, shape: shapeOf(group), icon: group.querySelector('image') }))
    .filter(({ shape }) => shape)
    .map(({ group, shape, icon }) => ({ group, box: boxOf(shape), icon: icon && boxOf(icon) }));
  const canvas = boxOf(svg);

  texts.forEach((text, index) => {
    if (!holds(canvas, text.box)) faults.push(`"${text.said}" leaves the picture`);
    for (const other of texts.slice(index + 1))
      if (overlap(text.box, other.box)) faults.push(`"${text.said}" lies over "${other.said}"`);
    for (const node of nodes)
      if (text.group !== node.group && overlap(text.box, node.box))
        faults.push(`"${text.said}" lies over the box ${node.group.dataset.element}`);
    const own = nodes.find((node) => node.group === text.group);
    // AWS's icons have their words below them: those stand in no box.
    if (own && !text.group.querySelector('image[width="64"], image[width="72px"]') && !holds(own.box, text.box))
      faults.push(`"${text.said}" leaves its box`);
    for (const boundary of boundaries) {
      const name = boundary.group.dataset.element;
      const inside = text.group === boundary.group || (own && holds(boundary.box, own.box));
      if (inside && !holds(boundary.box, text.box)) faults.push(`"${text.said}" leaves the boundary ${name}`);
      if (boundary.icon && overlap(text.box, boundary.icon)) faults.push(`"${text.said}" lies over the icon of ${name}`);
    }
    const ratio = contrast(text.element);
    if (ratio < CONTRAST) faults.push(`"${text.said}" has a contrast of ${ratio.toFixed(2)}`);
  });
  for (const { icon, group } of boundaries)
    for (const node of nodes)
      if (icon && overlap(icon, node.box)) faults.push(`the box ${node.group.dataset.element} lies over the icon of ${group.dataset.element}`);
  for (const arrow of svg.querySelectorAll('g.link, g.edge')) {
    const label = texts.filter((text) => text.group === arrow);
    const shaft = arrow.querySelector('path, line');
    if (label.length && shaft && distance(shaft, label.map((text) => text.box)) > TORN)
      faults.push(`"${label.map((text) => text.said).join(' ')}" is torn off its arrow`);
  }
  return faults;

  // How far a shaft is from the nearest line of its label.
  function distance(shaft, boxes) {
    const length = shaft.getTotalLength(), matrix = shaft.getScreenCTM();
    let nearest = Infinity;
    for (let at = 0; at <= length; at += 2) {
      const { x, y } = shaft.getPointAtLength(at).matrixTransform(matrix);
      for (const box of boxes)
        nearest = Math.min(nearest, Math.hypot(
          Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)));
    }
    return nearest;
  }

  function contrast(text) {
    const ground = groundOf(text);
    const [light, dark] = [luminance(getComputedStyle(text).fill), luminance(ground)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  // What is painted right below the middle of a text.
  function groundOf(text) {
    const { left, right, top, bottom } = boxOf(text);
    const x = (left + right) / 2, y = (top + bottom) / 2;
    const shapes = [...svg.querySelectorAll('rect, path, polygon, ellipse')].filter((shape) => {
      const style = getComputedStyle(shape);
      if (style.fill === 'none' || parseFloat(style.fillOpacity) < 0.5 || !(text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING)) return false;
      const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
      return shape.isPointInFill(point);
    });
    return getComputedStyle(shapes.at(-1)).fill;
  }

  function luminance(colour) {
    const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}
