// Keys of the desk. Each button says which key presses it (aria-keyshortcuts); every page works without this.
(() => {
  const cards = () => [...document.querySelectorAll("[data-cards] > .card")];
  const current = () => document.querySelector("[data-cards] > .card[aria-current]");

  function stand(card) {
    if (!card) return;
    cards().forEach((other) => other.removeAttribute("aria-current"));
    card.setAttribute("aria-current", "true");
    for (const link of document.querySelectorAll(".queue a")) {
      if (link.hash === `#${card.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = cards();
    stand(all[Math.min(all.length - 1, Math.max(0, all.indexOf(current()) + by))]);
  }

  /** Whoever types in a field types. */
  const types = (at) => at.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select");

  let sent = false;
  addEventListener("submit", () => (sent = true));
  addEventListener("pageshow", () => (sent = false));
  addEventListener("keydown", (event) => {
    // A key that is held, or pressed again before the page has changed, decides nothing.
    if (event.repeat || sent) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (types(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const named = (where) => [...(where?.querySelectorAll("[aria-keyshortcuts]") ?? [])].find((it) => it.getAttribute("aria-keyshortcuts").toLowerCase() === key);
    const it = named(current()) ?? [...document.querySelectorAll("[aria-keyshortcuts]")].find((it) => !it.closest("[data-cards]") && it.getAttribute("aria-keyshortcuts").toLowerCase() === key);
    if (!it) return;
    event.preventDefault();
    if (it.matches("input, textarea")) it.focus();
    else it.click();
  });

  addEventListener("hashchange", () => stand(document.getElementById(location.hash.slice(1))));
  document.addEventListener("DOMContentLoaded", () => {
    const named = location.hash && document.getElementById(location.hash.slice(1));
    if (cards().length) stand(cards().includes(named) ? named : cards()[0]);
    document.querySelector("[data-keys]")?.addEventListener("click", () => document.querySelector("dialog")?.showModal());
  });
})();
