"""Scripts that run inside a page and say what is wrong with it: lists of texts, empty when all is well."""

# Everything that makes a page usable without a pointer, without colours or without eyes.
USABLE = r"""(() => {
  const wrong = [], all = selector => [...document.querySelectorAll(selector)];
  const seen = new Set();
  for (const element of all('[id]')) {
    if (seen.has(element.id)) wrong.push('two elements have the id ' + element.id);
    seen.add(element.id);
  }
  for (const link of all('a[href^="#"]')) {
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) wrong.push('a link to nowhere: ' + link.hash);
  }
  for (const field of all('input, select, textarea')) {
    if (field.labels.length === 0) wrong.push('a field without a label: ' + field.name);
  }
  for (const button of all('button')) if (!button.textContent.trim()) wrong.push('a button without a name');
  for (const table of all('table')) {
    if (!table.caption || !table.caption.textContent.trim()) wrong.push('a table without a caption');
    for (const heading of table.querySelectorAll('th')) {
      if (!heading.scope) wrong.push('a heading without a scope: ' + heading.textContent);
    }
    const columns = table.tHead.rows[0].cells.length;
    for (const row of table.rows) {
      const cells = [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
      if (cells !== columns) wrong.push('a row with ' + cells + ' of ' + columns + ' cells: ' + table.caption.textContent);
    }
  }
  for (const svg of all('svg[role=img]')) {
    const names = (svg.getAttribute('aria-labelledby') || '').split(' ');
    for (const name of names) {
      if (!(document.getElementById(name) || {}).textContent) wrong.push('a drawing without a name or description: ' + name);
    }
  }
  for (const plot of all('.plot')) {
    const name = plot.getAttribute('aria-label') || '';
    if (name.length < 10 || /^Vega/.test(name)) wrong.push('a plot without a description: ' + name);
    if (plot.getAttribute('role') !== 'img') wrong.push('a plot that is no image: ' + name);
  }
  for (const svg of all('svg.swatch')) if (svg.getAttribute('aria-hidden') !== 'true') wrong.push('a swatch that is read aloud');
  if (all('h1').length !== 1) wrong.push('not one h1');
  if (!document.documentElement.lang) wrong.push('no language');
  let level = 1;
  for (const heading of all('h1, h2, h3, h4')) {
    const next = +heading.tagName[1];
    if (next > level + 1) wrong.push('a heading skips a level: ' + heading.textContent);
    level = next;
  }
  return wrong;
})()"""

# Text that is hard to read: WCAG 2 asks for a contrast of 4.5, and of 3 for what is drawn.
CONTRAST = r"""(() => {
  const wrong = new Map();
  const parse = text => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const back = element => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const check = (element, colour, least, what) => {
    const found = ratio(parse(colour), back(element));
    if (found < least) wrong.set(what + ' ' + colour + ' on ' + back(element), found.toFixed(2));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || ['SCRIPT', 'STYLE', 'TITLE', 'DESC'].includes(element.tagName.toUpperCase())) continue;
    const svg = element.namespaceURI.includes('svg');
    check(element, svg ? getComputedStyle(element).fill : getComputedStyle(element).color, 4.5, 'text');
  }
  for (const shape of document.querySelectorAll('.plot .mark-line path, .plot .mark-symbol path, svg.graph .edge')) {
    const style = getComputedStyle(shape);
    if (style.stroke !== 'none' && style.strokeOpacity !== '0' && style.stroke !== style.fill &&
        shape.closest('.mark-line, svg.graph')) check(shape.closest('figure'), style.stroke, 3, 'line');
  }
  return [...wrong].map(([what, found]) => what + ': ' + found);
})()"""

# What sticks out of a narrow page.
OVERFLOW = r"""(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')].filter(element => {
    if (element.closest('.scroll, .contents, svg')) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1 && !element.closest('.skip');
  }).slice(0, 5).map(element => element.tagName + '.' + element.className + ' ends at ' +
                     Math.round(element.getBoundingClientRect().right) + ' of ' + width);
})()"""

# Plots whose marks were not drawn.
EMPTY_PLOTS = r"""[...document.querySelectorAll('.plot')].filter(plot => {
  if (plot.dataset.drawn !== 'yes') return true;
  const marks = [...plot.querySelectorAll('.mark-symbol path, .mark-line path, .mark-rect path')];
  return !marks.some(mark => mark.getAttribute('d') && !mark.getAttribute('d').includes('NaN')) ||
    [...plot.querySelectorAll('path, line, g')].some(one => /NaN|undefined/.test(
      (one.getAttribute('d') || '') + (one.getAttribute('transform') || '')));
}).map(plot => 'not drawn: ' + plot.getAttribute('aria-label').slice(0, 60))"""

SHOWN = "[...document.querySelectorAll('#ledger-table tr[data-verdict]')].filter(row => row.offsetParent !== null)"
