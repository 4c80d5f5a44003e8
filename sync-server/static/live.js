// Something is new in this community: parts of the page that listen for `poke` ask again. Without it they ask now and then.
(() => {
  /** What somebody has begun to choose or to type is not taken from under their hands. */
  const busy = () => document.querySelector(".mini input:checked, .filters select:focus, dialog[open], .slot:focus, [data-drags]");
  let waits = false;

  function poke() {
    waits = Boolean(busy());
    if (!waits) document.body.dispatchEvent(new CustomEvent("poke"));
  }

  const source = new EventSource("/office/live");
  source.addEventListener("poke", poke);
  // After a cut or a restart: what came in between is fetched, too.
  let cut = false;
  source.addEventListener("error", () => (cut = true));
  source.addEventListener("open", () => {
    if (cut) poke();
    cut = false;
  });
  addEventListener("change", () => waits && !busy() && poke());
  addEventListener("reset", () => setTimeout(() => waits && poke()));
  // What asks again by itself does not do so meanwhile either.
  addEventListener("htmx:before:request", (event) => ["board", "daybook"].includes(event.target.id) && busy() && event.preventDefault());
  addEventListener("pagehide", () => source.close());
})();
