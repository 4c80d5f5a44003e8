// Patches drawn over a photo: by dragging, and by keys. The numbers of the form are what is sent; without this they are typed.
(() => {
  const form = document.querySelector("[data-cover]");
  if (!form) return;
  const MOST = 20;
  const LEAST = 0.5;
  const stage = form.querySelector("[data-stage]");
  const rows = form.querySelector("[data-rows]");
  const blank = document.getElementById("patch-row");
  const count = form.querySelector("[data-count]");
  const add = form.querySelector("[data-add]");
  const take = form.querySelector("[data-remove]");
  const patches = [];
  /** The patch that was touched last, for those without a key to delete it. */
  let chosen = null;

  const clamp = (n, least, most) => Math.min(most, Math.max(least, n));
  const said = (n) => String(Math.round(n * 100) / 100);
  const fields = (row) => ["x", "y", "w", "h"].map((name) => row.querySelector(`[name=${name}]`));

  /** Puts a patch where its numbers say, and its numbers into the form. */
  function draw(patch) {
    const { box, at } = patch;
    ["left", "top", "width", "height"].forEach((side, n) => (box.style[side] = `${at[n]}%`));
    fields(patch.row).forEach((field, n) => (field.value = said(at[n])));
    const name = patch.row.querySelector("legend").textContent.trim();
    box.setAttribute("aria-label", `${name}: ${at.map((n) => `${Math.round(n)}%`).join(" ")}`);
  }

  function number() {
    [...rows.children].forEach((row, n) => (row.querySelector("[data-n]").textContent = n + 1));
    patches.forEach(draw);
    count.textContent = patches.length ? count.dataset.count.replace("…", patches.length) : "";
    add.disabled = patches.length >= MOST;
    take.disabled = !patches.includes(chosen);
  }

  function put(at, row = blank.content.firstElementChild.cloneNode(true)) {
    const box = document.createElement("button");
    box.type = "button";
    box.className = "patch";
    box.setAttribute("aria-describedby", "patch-keys");
    box.append(document.createElement("span"));
    const patch = { box, row, at };
    box.addEventListener("keydown", (event) => press(event, patch));
    box.addEventListener("focus", () => {
      chosen = patch;
      take.disabled = false;
    });
    fields(row).forEach((field) => field.addEventListener("change", () => retype(patch)));
    patches.push(patch);
    stage.append(box);
    rows.append(row);
    number();
    return patch;
  }

  function remove(patch) {
    const next = patches[patches.indexOf(patch) + 1] ?? patches[patches.indexOf(patch) - 1];
    patches.splice(patches.indexOf(patch), 1);
    patch.box.remove();
    patch.row.remove();
    number();
    (next?.box ?? add).focus();
  }

  function retype(patch) {
    const at = fields(patch.row).map((field) => Number(field.value));
    if (at.some(Number.isNaN) || at.every((n) => n === 0)) return;
    patch.at = at;
    ["left", "top", "width", "height"].forEach((side, n) => (patch.box.style[side] = `${at[n]}%`));
  }

  /** Moves or sizes a patch within the photo. */
  function shift(patch, [x, y, w, h], dx, dy, sizes) {
    patch.at = sizes
      ? [x, y, clamp(w + dx, LEAST, 100 - x), clamp(h + dy, LEAST, 100 - y)]
      : [clamp(x + dx, 0, 100 - w), clamp(y + dy, 0, 100 - h), w, h];
    draw(patch);
  }

  function press(event, patch) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) shift(patch, patch.at, ...step, event.shiftKey);
    else if (event.key === "Delete" || event.key === "Backspace") remove(patch);
    else return;
    event.preventDefault();
  }

  /** Where a pointer is on the photo, in per cent. */
  function where(event) {
    const room = stage.getBoundingClientRect();
    return [clamp(((event.clientX - room.left) * 100) / room.width, 0, 100), clamp(((event.clientY - room.top) * 100) / room.height, 0, 100)];
  }

  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || drag) return;
    const from = where(event);
    const box = event.target.closest(".patch");
    const patch = patches.find((patch) => patch.box === box);
    if (!patch && patches.length >= MOST) return;
    drag = patch ? { patch, from, was: patch.at, sizes: event.target !== box } : { from };
    stage.setPointerCapture(event.pointerId);
    patch?.box.focus();
    event.preventDefault();
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [[x, y], [fx, fy]] = [where(event), drag.from];
    if (drag.was) return shift(drag.patch, drag.was, x - fx, y - fy, drag.sizes);
    const at = [Math.min(x, fx), Math.min(y, fy), Math.abs(x - fx), Math.abs(y - fy)];
    if (!drag.patch && at[2] >= LEAST && at[3] >= LEAST) drag.patch = put(at);
    if (drag.patch) {
      drag.patch.at = [at[0], at[1], Math.max(at[2], LEAST), Math.max(at[3], LEAST)];
      draw(drag.patch);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, () => {
      drag?.patch?.box.focus();
      drag = null;
    });
  }

  add.addEventListener("click", () => put([40, 40, 20, 20]).box.focus());
  take.addEventListener("click", () => patches.includes(chosen) && remove(chosen));

  // What the form came with is drawn as if it had just been dragged; rows in which nothing can be drawn go.
  const come = [...rows.children];
  rows.replaceChildren();
  for (const row of come) {
    const texts = fields(row).map((field) => field.value);
    const at = texts.map(Number);
    if (texts.every((text) => text !== "") && at.every((n) => n >= 0 && n <= 100) && at[2] > 0 && at[3] > 0) put(at, row);
    else if (texts.some((text) => text !== "")) rows.append(row);
  }
  form.querySelector("[data-stage] > svg").remove();
  form.querySelector("[data-scripted]").hidden = false;
  form.querySelector("[data-preview]").remove();
  if (!form.querySelector(".error")) form.querySelector("[data-numbers]").open = false;
  stage.dataset.draws = "";
  number();
})();
