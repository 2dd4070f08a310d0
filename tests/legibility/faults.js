// What keeps people from reading the picture in this page, as a list of sentences.
// Lengths are in the picture's own units, which is how large it is drawn.
() => {
  const SLACK = 1.5; // letters' boxes are taller than their ink
  const CONTRAST = 4.5; // WCAG 2.2, success criterion 1.4.3
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
    if (own && !text.group.querySelector('image[width="64"], image[width="93.6px"]') && !holds(own.box, text.box))
      faults.push(`"${text.said}" leaves its box`);
    const ratio = contrast(text.element);
    if (ratio < CONTRAST) faults.push(`"${text.said}" has a contrast of ${ratio.toFixed(2)}`);
  });
  return faults;

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
