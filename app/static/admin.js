// Live progress of a run: asks every two seconds, less often in a hidden tab; the page reloads at the end.
(() => {
  "use strict";
  const EVERY_MS = 2000;
  const HIDDEN_MS = 15000;

  function watch(box) {
    const text = box.querySelector("[data-text]");
    const bar = box.querySelector("[data-bar]");
    let tag = "";

    async function look() {
      try {
        const headers = tag ? { "If-None-Match": tag } : {};
        const answer = await fetch(box.dataset.run, { headers, credentials: "same-origin", redirect: "error" });
        if (answer.status === 200) {
          tag = answer.headers.get("ETag") || "";
          const run = await answer.json();
          if (!run.open) {
            window.location.reload();
            return;
          }
          const far = run.total ? ` ${run.done.toLocaleString("ko")}/${run.total.toLocaleString("ko")}` : "";
          text.textContent = `${run.state_label}${run.step ? `: ${run.step}` : ""}${far}`;
          bar.max = run.total || 1;
          bar.value = run.done;
        }
      } catch {
        text.textContent = "지금은 상태를 알 수 없습니다. 잠시 뒤에 다시 묻습니다.";
      }
      window.setTimeout(look, document.hidden ? HIDDEN_MS : EVERY_MS);
    }
    window.setTimeout(look, EVERY_MS);
  }

  for (const box of document.querySelectorAll("[data-open]")) watch(box);
})();
