// The window's form: keeps what is typed while this tab is open, chooses a category by Alt and a digit, saves by Ctrl and Enter, prints.
// The page works without this.
(() => {
  const KEY = "window-draft";
  /** A browser that keeps nothing is none that fails. */
  const kept = (work) => {
    try {
      return work(sessionStorage);
    } catch {
      return null;
    }
  };

  function print_by_button() {
    document.querySelector("[data-print]")?.addEventListener("click", () => print());
  }

  /** Puts a draft back, if whoever is signed in now wrote it. */
  function restore(form) {
    const draft = kept((store) => JSON.parse(store.getItem(KEY) ?? "null"));
    if (!draft || draft.csrf !== form.elements.csrf.value) return kept((store) => store.removeItem(KEY));
    for (const [name, value] of draft.fields) {
      const at = form.elements[name];
      if (!at) continue;
      if (at instanceof RadioNodeList) [...at].forEach((it) => (it.checked = it.value === value));
      else if (at.type === "checkbox" || at.type === "radio") at.checked = at.value === value;
      else at.value = value;
    }
    for (const id of ["who", "text"]) if (form.elements[id].value) form.elements[id].dispatchEvent(new Event("input", { bubbles: true }));
  }

  function keep(form) {
    const fields = [...new FormData(form)].filter(([name]) => !["csrf", "served", "do"].includes(name));
    kept((store) => store.setItem(KEY, JSON.stringify({ csrf: form.elements.csrf.value, fields })));
  }

  /** How long this one has taken so far. */
  function count(out) {
    const since = Date.now();
    out.hidden = false;
    const show = () => {
      const s = Math.floor((Date.now() - since) / 1000);
      out.querySelector("b").textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    };
    show();
    setInterval(show, 1000);
  }

  document.addEventListener("DOMContentLoaded", () => {
    print_by_button();
    const form = document.getElementById("window");
    if (document.querySelector("[data-registered], [data-clear]")) kept((store) => store.removeItem(KEY));
    if (!form) return;
    if ("fresh" in form.dataset) restore(form);
    let counts = false;
    form.addEventListener("input", () => {
      keep(form);
      if (!counts) count(document.querySelector("[data-took]"));
      counts = true;
    });
    form.addEventListener("change", () => keep(form));
    let sent = false;
    form.addEventListener("submit", () => (sent = true));
    addEventListener("pageshow", () => (sent = false));
    addEventListener("keydown", (event) => {
      if (event.repeat || sent) return;
      const digit = event.altKey && /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
      if (digit) {
        const it = form.querySelector(`[data-alt="${digit[1]}"]`);
        event.preventDefault();
        it.checked = true;
        it.focus();
        it.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (event.ctrlKey && event.key === "Enter") {
        event.preventDefault();
        form.requestSubmit(form.querySelector("button[value=save]"));
      }
    });
  });
})();
