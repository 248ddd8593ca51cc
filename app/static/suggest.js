"use strict";

// Suggestions below the search box, as the ARIA combobox pattern has it (list autocomplete, manual selection).
// Without this script the box is a plain form. Half-typed syllables are asked for too: the server knows strokes.

(() => {
  const WAIT_MS = 80;
  const KINDS = { dataset: "데이터셋", area: "분야", region: "지역", provider: "제공기관", column: "항목", word: "낱말" };

  class Combobox {
    constructor(input, number) {
      this.input = input;
      this.list = this.below(number);
      this.status = this.announcer();
      this.options = [];
      this.active = -1;
      this.asked = null;
      this.timer = 0;
      this.name();
      input.addEventListener("input", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
    }

    below(number) {
      const list = document.createElement("ul");
      list.id = `suggestions-${number}`;
      list.className = "suggestions";
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", "검색어 제안");
      list.hidden = true;
      // a press must not take the focus from the box before the click is heard
      list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.input.closest(".search-box").append(list);
      return list;
    }

    announcer() {
      const status = document.createElement("p");
      status.className = "sr-only";
      status.setAttribute("role", "status");
      this.input.closest(".search-box").append(status);
      return status;
    }

    name() {
      // a search field may have no other role than its own; the keyboard of a phone stays that of a search
      this.input.type = "text";
      this.input.inputMode = "search";
      this.input.setAttribute("role", "combobox");
      this.input.setAttribute("aria-autocomplete", "list");
      this.input.setAttribute("aria-expanded", "false");
      this.input.setAttribute("aria-controls", this.list.id);
    }

    later() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), WAIT_MS);
    }

    async ask() {
      this.asked?.abort();
      const q = this.input.value.trim();
      if (!q) return this.close();
      this.asked = new AbortController();
      try {
        const answer = await fetch(`/api/v1/suggest?${new URLSearchParams({ q })}`, { signal: this.asked.signal });
        if (!answer.ok) return this.close();
        this.show((await answer.json()).suggestions);
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    show(suggestions) {
      this.options = suggestions;
      this.list.replaceChildren(...suggestions.map((one, at) => this.option(one, at)));
      this.activate(-1);
      this.list.hidden = !suggestions.length;
      this.input.setAttribute("aria-expanded", String(Boolean(suggestions.length)));
      this.status.textContent = suggestions.length ? `제안 ${suggestions.length}개` : "제안 없음";
    }

    option(one, at) {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const kind = document.createElement("span");
      kind.className = "suggestions__kind";
      kind.textContent = KINDS[one.kind] ?? "";
      item.append(one.text, kind);
      item.addEventListener("click", () => this.go(one));
      return item;
    }

    key(event) {
      // Enter ends a syllable of the input method before it means anything to the box
      if (event.isComposing && event.key === "Enter") return;
      const open = !this.list.hidden;
      const last = this.options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!open) return this.later();
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // past either end the box itself is active again
        const next = this.active + step;
        this.activate(next > last ? -1 : next < -1 ? last : next);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && open && this.active >= 0) {
        event.preventDefault();
        this.go(this.options[this.active]);
      }
    }

    activate(at) {
      this.list.children[this.active]?.setAttribute("aria-selected", "false");
      this.active = at;
      const item = this.list.children[at];
      if (!item) return this.input.removeAttribute("aria-activedescendant");
      item.setAttribute("aria-selected", "true");
      item.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", item.id);
    }

    go(one) {
      this.close();
      window.location.assign(one.url);
    }

    close() {
      window.clearTimeout(this.timer);
      this.asked?.abort();
      this.list.hidden = true;
      this.active = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  document.querySelectorAll(".search-box input[type=search]").forEach((input, number) => new Combobox(input, number));
})();
