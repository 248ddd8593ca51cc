"use strict";

// Draws the charts of a page when they come into view. Each figure already holds the same numbers as a
// table: if anything here fails, the table is opened and a sentence says so.

(() => {
  const FAILED = "그림을 불러오지 못했습니다. 아래 표에서 같은 값을 볼 수 있습니다.";

  // The library is large: figures are fetched while the browser still reads it.
  const library = new Promise((resolve, reject) => {
    const script = document.querySelector("script[data-library]");
    if (window.Bokeh) resolve();
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${script.src} was not loaded`)));
  });

  async function draw(figure) {
    const answer = await fetch(figure.dataset.chart, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${figure.dataset.chart}: ${answer.status}`);
    const item = await answer.json();
    await library;
    const host = figure.querySelector(".chart__host");
    const views = await Bokeh.embed.embed_item(item, host);
    say(figure, "");
    describe(host);
    offerExports(figure, views.roots[0]);
  }

  // A canvas says nothing to a screen reader and Bokeh's layers are unnamed tab stops.
  function describe(host) {
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", host.dataset.label);
    leaveTabOrder(host);
  }

  function leaveTabOrder(root) {
    for (const element of root.querySelectorAll("*")) {
      if (element.tabIndex >= 0) element.tabIndex = -1;
      if (element.shadowRoot) leaveTabOrder(element.shadowRoot);
    }
  }

  function offerExports(figure, view) {
    for (const button of figure.querySelectorAll("[data-export]")) {
      const type = button.dataset.export;
      button.addEventListener("click", async () => {
        save(await view.export(type, true).to_blob(), `${figure.dataset.file}.${type}`);
      });
      button.disabled = false;
    }
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function fail(figure, error) {
    console.warn(error);
    figure.classList.add("chart--failed");
    figure.querySelector("details").open = true;
    say(figure, FAILED);
  }

  function say(figure, text) {
    figure.querySelector(".chart__state").textContent = text;
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target).catch((error) => fail(entry.target, error));
    }
  }, { rootMargin: "200px" });

  for (const figure of document.querySelectorAll("[data-chart]")) seen.observe(figure);
})();
