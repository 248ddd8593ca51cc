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
        const blob = await view.export(type, true).to_blob();
        save(await (type === "png" ? captionedPng : captionedSvg)(figure, blob), `${figure.dataset.file}.${type}`);
      });
      button.disabled = false;
    }
  }

  // A picture travels without its page: title, unit, source and what must be said of it go with it.
  function captionOf(figure) {
    const facts = [...figure.querySelectorAll(".facts li")].map((one) => one.textContent.trim());
    const sample = document.querySelector(".notice--sample") ? ["표본 자료: 실제 통계가 아닙니다"] : [];
    const borders = [...figure.querySelectorAll(".chart__notes li")]
      .map((one) => one.textContent.trim())
      .filter((text) => text.startsWith("경계:"));
    return { title: figure.querySelector("figcaption").textContent, lines: [facts.join(" · "), ...borders, ...sample] };
  }

  const HEAD = 44, LINE = 22, FONT = "'Pretendard GOV Variable', sans-serif";

  async function captionedPng(figure, blob) {
    const { title, lines } = captionOf(figure);
    const picture = await createImageBitmap(blob);
    const scale = picture.width / figure.querySelector(".chart__host").clientWidth;
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height + (HEAD + LINE * lines.length + 12) * scale;
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, HEAD * scale);
    paper.fillStyle = "#1e2124";
    paper.font = `700 ${20 * scale}px ${FONT}`;
    paper.fillText(title, 8 * scale, 28 * scale, canvas.width - 16 * scale);
    paper.font = `${13 * scale}px ${FONT}`;
    lines.forEach((text, at) => {
      paper.fillText(text, 8 * scale, picture.height + (HEAD + LINE * (at + 1)) * scale, canvas.width - 16 * scale);
    });
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  async function captionedSvg(figure, blob) {
    const { title, lines } = captionOf(figure);
    const inner = new DOMParser().parseFromString(await blob.text(), "image/svg+xml").documentElement;
    const width = Number.parseFloat(inner.getAttribute("width"));
    const height = Number.parseFloat(inner.getAttribute("height"));
    const outer = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    outer.setAttribute("width", width);
    outer.setAttribute("height", height + HEAD + LINE * lines.length + 12);
    const write = (text, y, size, weight) => {
      const line = document.createElementNS(outer.namespaceURI, "text");
      for (const [name, value] of Object.entries({ x: 8, y, "font-size": size, "font-weight": weight, "font-family": FONT, fill: "#1e2124" })) {
        line.setAttribute(name, value);
      }
      line.textContent = text;
      outer.append(line);
    };
    write(title, 28, 20, 700);
    inner.setAttribute("y", HEAD);
    outer.append(document.importNode(inner, true));
    lines.forEach((text, at) => write(text, height + HEAD + LINE * (at + 1), 13, 400));
    return new Blob([new XMLSerializer().serializeToString(outer)], { type: "image/svg+xml" });
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
