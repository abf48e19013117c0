// Draws the panels of figures with Vega. A panel is data (see report/figure.hpp); colours come from the page's style.
"use strict";

const plots = (() => {
  const SYMBOLS = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";

  // Names of colours rather than colours: what is drawn follows the page from light to dark, and on paper.
  const LOOK = {
    text: "var(--text)", muted: "var(--muted)", grid: "var(--grid)", paper: "var(--paper)", band: "var(--band)",
    series: [0, 1, 2, 3, 4, 5].map(k => `var(--series-${k})`),
  };

  function config(look) {
    const axis = {
      labelColor: look.muted, titleColor: look.text, gridColor: look.grid, domainColor: look.muted,
      tickColor: look.muted, labelFont: FONT, titleFont: FONT, labelFontSize: 11, titleFontSize: 12,
      titleFontWeight: "normal", labelPadding: 4, titlePadding: 6, tickSize: 4, labelOverlap: true,
    };
    return {axis, background: null, text: {font: FONT, fontSize: 11}};
  }

  const colourOf = (look, style) => look.series[style % look.series.length];
  const symbolOf = style => SYMBOLS[style % SYMBOLS.length];

  function scale(name, range, axis) {
    const named = axis.labels ? [-0.5, axis.labels.length - 0.5] : null;
    return {
      name, range, type: axis.log ? "log" : "linear", domain: named || [axis.low, axis.high],
      zero: false, nice: false, clamp: false,
    };
  }

  /// "10" with a raised exponent, for each power of ten on the axis.
  function powers(axis) {
    const raised = k => [...String(k)].map(c => "\u207B\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079"["-0123456789".indexOf(c)]).join("");
    const low = Math.ceil(Math.log10(axis.low) - 1e-9), high = Math.floor(Math.log10(axis.high) + 1e-9);
    return Array.from({length: Math.max(0, high - low + 1)}, (_, k) => k + low === 0 ? "1" : "10" + raised(k + low));
  }

  function axisOf(orient, name, axis, ticks) {
    const result = {orient, scale: name, title: axis.title, grid: !axis.labels || orient === "left", tickCount: ticks};
    if (axis.labels) {
      result.values = axis.labels.map((_, k) => k);
      result.labelOverlap = false;
      result.encode = {labels: {update: {text: {signal: name + "Labels[datum.value]"}}}};
    } else if (axis.log) {
      result.format = "~g";
      const low = Math.ceil(Math.log10(axis.low) - 1e-9), high = Math.floor(Math.log10(axis.high) + 1e-9);
      const step = Math.max(1, Math.ceil((high - low) / ticks));
      result.values = [];
      for (let k = low; k <= high; k += step) result.values.push(Math.pow(10, k));
      if (high - low < 2) {
        result.values = [1, 2, 3, 5, 10, 20, 30, 50, 100].flatMap(v => [v / 100, v, v * 100])
          .filter(v => v >= axis.low && v <= axis.high);
      }
      if (high - low > 3) {
        result.encode = {labels: {update: {text: {signal: `${name}Powers[round(log(datum.value) / LN10) - (${low})]`}}}};
      }
    } else if (axis.whole) {
      result.format = "d";
      result.tickMinStep = 1;
    }
    return result;
  }

  const value = v => ({value: v});
  const at = (name, field) => ({scale: name, field});

  /// A name on the plot, readable over lines.
  function label(place, words, look) {
    return [look.paper, null].map(behind => ({type: "text", encode: {enter: {
      ...place, text: value(words), fill: value(look.text), stroke: value(behind || look.text),
      strokeWidth: value(behind ? 4 : 0)}}}));
  }

  function ruleLabels(panel, look) {
    return (panel.rules || []).flatMap(rule => label(rule.vertical
      ? {x: {scale: "x", value: rule.at, offset: 4}, y: value(9)}
      : {x: {signal: "width", offset: -2}, y: {scale: "y", value: rule.at, offset: -6}, align: value("right")}, rule.label, look));
  }

  /// Rules, bands and segments: what stands behind the points.
  function background(panel, look) {
    const marks = [];
    for (const band of panel.bands || []) {
      marks.push({type: "rect", encode: {enter: {
        x: {scale: "x", value: band.from}, x2: {scale: "x", value: band.to}, y: value(0), y2: {signal: "height"},
        fill: value(look.band)}}});
      if (band.label) {
        marks.push({type: "text", encode: {enter: {
          x: {scale: "x", value: (band.from + band.to) / 2}, y: {signal: "height", offset: -6}, align: value("center"),
          text: value(band.label), fill: value(look.text)}}});
      }
    }
    for (const rule of panel.rules || []) {
      const along = rule.vertical
        ? {x: {scale: "x", value: rule.at}, y: value(0), y2: {signal: "height"}}
        : {x: value(0), x2: {signal: "width"}, y: {scale: "y", value: rule.at}};
      marks.push({type: "rule", encode: {enter: {
        ...along, stroke: value(look.text), strokeDash: value([2, 3]), strokeWidth: value(1.2)}}});
    }
    for (const part of panel.segments || []) {
      marks.push({type: "rule", encode: {enter: {
        x: {scale: "x", value: part.x1}, x2: {scale: "x", value: part.x2}, y: {scale: "y", value: part.y1},
        y2: {scale: "y", value: part.y2}, stroke: value(colourOf(look, part.style)), strokeWidth: value(1.5),
        strokeDash: value([4, 3])}}});
    }
    return marks;
  }

  /// The points of a series with what is shown under the pointer.
  function pointsOf(series, panel) {
    const along = (panel.x.title || "").split(/[ ,]/).pop() === "n" ? "n" : (panel.x.title || "x").split(/[ ,]/)[0];
    return series.x.map((x, k) => {
      const [low, high] = (series.whiskers || {})[k] || [], place = panel.x.labels ? panel.x.labels[Math.round(x)] : x;
      const text = (series.texts || {})[k] || `${series.name}, ${along} = ${place}: ${series.y[k]}`;
      return {x, y: series.y[k], low, high, text};
    });
  }

  /// One series: its line, its whiskers, its symbols.
  function seriesMarks(series, k, panel, look, data) {
    const colour = colourOf(look, series.style), name = "series" + k, marks = [];
    const points = pointsOf(series, panel), every = series.every || 1, first = series.first || 0;
    data.push({name, values: points});
    if (series.line !== false) {
      marks.push({type: "line", from: {data: name}, encode: {enter: {
        x: at("x", "x"), y: at("y", "y"), stroke: value(colour), strokeWidth: value(series.thick ? 3 : 1.6),
        strokeDash: value(series.dashed ? [5, 3] : [])}}});
    }
    if (series.whiskers) {
      data.push({name: name + "Whiskers", values: points.filter(point => point.low !== undefined)});
      marks.push({type: "rule", from: {data: name + "Whiskers"}, encode: {enter: {
        x: at("x", "x"), y: at("y", "low"), y2: at("y", "high"), stroke: value(colour), strokeWidth: value(1.2)}}});
    }
    if (series.symbols !== false) {
      data.push({name: name + "Symbols", values: points.filter((_, i) => i >= first && (i - first) % every === 0)});
      marks.push({type: "symbol", from: {data: name + "Symbols"}, encode: {enter: {
        x: at("x", "x"), y: at("y", "y"), shape: value(symbolOf(series.style)), size: value(points.length > 12 ? 26 : 46),
        fill: value(series.open ? look.paper : colour), stroke: value(colour), strokeWidth: value(1.4),
        tooltip: {field: "text"}}}});
    }
    return marks;
  }

  function outstanding(panel, look) {
    // Marks beyond the edge at the same height stand beside each other.
    const beside = mark => {
      const group = panel.marks.filter(other => other.beyond && other.y === mark.y);
      return 14 + group.indexOf(mark) * Math.min(14, 28 / Math.max(1, group.length - 1));
    };
    return (panel.marks || []).map(mark => ({type: "symbol", encode: {enter: {
      x: mark.beyond ? {signal: "width", offset: beside(mark)} : {scale: "x", value: mark.x}, y: {scale: "y", value: mark.y},
      shape: value(symbolOf(mark.style)), size: value(mark.open ? 110 : 130), strokeWidth: value(mark.open ? 2.2 : 1.6),
      fill: value(mark.open ? look.paper : colourOf(look, mark.style)),
      stroke: value(mark.open ? colourOf(look, mark.style) : look.text), tooltip: value(mark.text)}}}));
  }

  function specification(panel, width, look) {
    const data = [], heights = (panel.marks || []).filter(mark => mark.beyond).map(mark => mark.y);
    const most = Math.max(0, ...heights.map(y => heights.filter(other => other === y).length));
    const series = (panel.series || []).flatMap((one, k) => seriesMarks(one, k, panel, look, data));
    const signals = [];
    for (const name of ["x", "y"]) {
      if (panel[name].labels) signals.push({name: name + "Labels", value: panel[name].labels});
      if (panel[name].log) signals.push({name: name + "Powers", value: powers(panel[name])});
    }
    return {
      width, height: heightOf(panel), autosize: {type: "fit", contains: "padding"}, signals, data,
      padding: {left: 2, top: 8, right: most ? 14 + 14 * Math.min(most, 3) : 10, bottom: 2},
      scales: [scale("x", "width", panel.x), scale("y", "height", panel.y)],
      axes: [axisOf("bottom", "x", panel.x, Math.max(3, Math.floor(width / 60))), axisOf("left", "y", panel.y, 5)]
        .filter(axis => !panel[axis.scale].hidden),
      marks: [...background(panel, look), ...series, ...ruleLabels(panel, look), ...outstanding(panel, look)],
    };
  }

  const panelOf = place => JSON.parse(place.nextElementSibling.textContent);
  const heightOf = panel => panel.height + 50;

  function drawOne(place, width) {
    const panel = panelOf(place), name = place.getAttribute("aria-label");
    if (place.view) place.view.finalize();
    place.view = new crossheadVega.View(crossheadVega.parse(specification(panel, width, LOOK), config(LOOK), {ast: true}),
                                        {renderer: "svg", expr: crossheadVega.expressionInterpreter});
    place.view.initialize(place).run();
    // Vega names its container after itself.
    place.setAttribute("aria-label", name);
    place.setAttribute("role", "img");
    place.removeAttribute("aria-roledescription");
    place.dataset.width = width;
    place.dataset.drawn = "yes";
  }

  /// Draws into `places`, anew where the width has changed. Places without a width (in closed parts) are left for later.
  function draw(places) {
    // All widths are read first: to read one after a drawing would lay out the whole page again.
    const widths = places.map(place => place.clientWidth);
    places.forEach((place, k) => {
      if (widths[k] > 0 && widths[k] !== +place.dataset.width) drawOne(place, widths[k]);
    });
  }

  /// Every place for a plot, as high as it will be with its plot.
  function all() {
    const places = typeof crossheadVega === "undefined" ? [] : [...document.querySelectorAll(".plot")];
    for (const place of places) place.style.minHeight = heightOf(panelOf(place)) + "px";
    return places;
  }

  return {draw, all};
})();
