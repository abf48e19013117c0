// The page's own behaviour: filters, plots in the colours of the page, and links into closed parts. The page is complete
// without it.
"use strict";

(() => {
  const matches = (row, form) => {
    const wanted = form.elements.text.value.trim().toLowerCase();
    const chosen = [...form.querySelectorAll("input[name=verdict]:checked")].map(box => box.value);
    const chosenIn = name => form.elements[name] ? form.elements[name].value : "";
    const section = chosenIn("section"), evidence = chosenIn("evidence");
    return (!wanted || wanted.split(/\s+/).every(word => row.textContent.toLowerCase().includes(word))) &&
      chosen.includes(row.dataset.verdict) && (!section || row.dataset.section === section) &&
      (!evidence || row.dataset.evidence.split(" ").includes(evidence));
  };

  function filterTable(form) {
    const table = document.getElementById(form.dataset.table), count = form.querySelector("output");
    const rows = [...table.querySelectorAll("tr[data-verdict]")];
    const apply = () => {
      let shown = 0;
      for (const row of rows) {
        row.hidden = !matches(row, form);
        shown += row.hidden ? 0 : 1;
      }
      for (const group of table.tBodies) {
        group.hidden = ![...group.querySelectorAll("tr[data-verdict]")].some(row => !row.hidden);
      }
      count.textContent = shown + " of " + rows.length + " " + form.dataset.noun;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    form.querySelectorAll("button[data-verdicts]").forEach(button => button.addEventListener("click", () => {
      form.querySelectorAll("input[name=verdict]").forEach(box => { box.checked = button.dataset.verdicts === "all"; });
      apply();
    }));
    apply();
  }

  function openAll(button) {
    const parts = [...document.querySelectorAll(button.dataset.open)];
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = parts.some(part => !part.open);
      for (const part of parts) part.open = open;
      button.textContent = open ? "Close all" : "Open all";
    });
  }

  /// A link to something in a closed part, or in a row that is filtered out, shows it.
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches("tr") && target.hidden) document.querySelectorAll("form.filters").forEach(form => form.reset());
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    const inside = target.querySelector(":scope > details");
    if (inside) inside.open = true;
    setTimeout(() => target.scrollIntoView());
  }

  /// Plots are drawn when they come near the window, and all of them for print.
  function drawPlots() {
    const places = plots.all(), near = new Set();
    const ready = () => { document.documentElement.dataset.ready = "yes"; };
    document.documentElement.dataset.plots = places.length;
    const observer = new IntersectionObserver(entries => {
      for (const entry of entries) {
        if (entry.isIntersecting) near.add(entry.target);
        else near.delete(entry.target);
      }
      plots.draw([...near]);
      ready();
    }, {rootMargin: "50% 0px"});
    places.forEach(place => observer.observe(place));
    if (places.length === 0) ready();
    let timer;
    addEventListener("resize", () => {
      clearTimeout(timer);
      timer = setTimeout(() => plots.draw([...near]), 120);
    });
    addEventListener("beforeprint", () => plots.draw(places));
  }

  document.querySelectorAll("form.filters").forEach(filterTable);
  document.querySelectorAll("button[data-open]").forEach(openAll);
  addEventListener("hashchange", reveal);
  drawPlots();
  reveal();
})();
