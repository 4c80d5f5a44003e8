// The calendar by keys and by mouse. Without it every time is a link or a button all the same.
(() => {
  const places = () => [...document.querySelectorAll(".daybook .to button")];

  /** The next place of all in a direction: the nearest one that lies there. */
  function next(from, key) {
    const at = from.getBoundingClientRect();
    const along = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
    const far = (to) => {
      const box = to.getBoundingClientRect();
      const [x, y] = [box.left - at.left, box.top - at.top];
      const [ahead, aside] = along[0] ? [x * along[0], Math.abs(y)] : [y * along[1], Math.abs(x)];
      return ahead > 1 ? ahead + aside * 4 : Infinity;
    };
    const best = places().filter((to) => to !== from).reduce((best, to) => (far(to) < far(best ?? to) || !best ? to : best), null);
    return best && far(best) < Infinity ? best : null;
  }

  addEventListener("keydown", (event) => {
    const on = document.activeElement;
    if (event.key.startsWith("Arrow") && places().length && (on.closest(".daybook") || on === document.body)) {
      const to = on.closest(".to") ? next(on, event.key) : places()[0];
      if (!to) return;
      event.preventDefault();
      to.focus();
    } else if (event.key.toLowerCase() === "m" && on.dataset?.move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      location.assign(`/office/rounds?move=${on.dataset.move}&day=${document.getElementById("day").value}`);
    }
  });

  let held = null;

  /** Column and row under the mouse, whatever cell spans them. */
  function under(event) {
    const inside = (box, x, y) => x >= box.left && x < box.right && (y === null || (y >= box.top && y < box.bottom));
    const head = [...document.querySelectorAll(".daybook th[data-officer]")].find((th) => inside(th.getBoundingClientRect(), event.clientX, null));
    const rows = [...document.querySelectorAll(".daybook tr[data-start]")];
    const row = rows.find((tr) => event.clientY < tr.getBoundingClientRect().bottom);
    return head && row ? `${row.dataset.start}~${head.dataset.officer}` : null;
  }

  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.(".slot[data-move]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    held.dataset.drags = "";
  });
  document.addEventListener("dragover", (event) => held && event.target.closest?.(".daybook tbody") && event.preventDefault());
  document.addEventListener("drop", (event) => {
    const to = held && event.target.closest?.(".daybook tbody") && under(event);
    if (!to) return;
    event.preventDefault();
    const form = document.getElementById("move");
    form.action = `/office/appointments/${held.dataset.move}/do`;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: to });
    form.append(field);
    form.submit();
  });
  document.addEventListener("dragend", () => {
    if (held) delete held.dataset.drags;
    held = null;
  });
  addEventListener("DOMContentLoaded", () => (places().find((to) => to.hasAttribute("aria-current")) ?? places()[0])?.focus({ preventScroll: true }));
})();
