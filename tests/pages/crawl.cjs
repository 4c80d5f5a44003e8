// Every page that a role can reach by links, as that role: nothing fails, nothing leads nowhere, nothing shows what the role may not see.
const { story, assert, DESKTOP, PHONE } = require("./browser.cjs");

const MOST = 120;
/** Of pages that differ by an id alone. */
const OF_A_KIND = 2;

/** As it stands there, and in large type for old eyes: no rule of axe-core is broken, and a phone is wide enough. */
async function inEachSize(visitor, name) {
  await visitor.axe(name);
  await visitor.page.evaluate(() => { document.documentElement.dataset.view = "elder"; });
  await visitor.axe(`${name}, large`);
  // A sheet for the printer is as wide as paper.
  if (!name.includes("/office/paper/")) await visitor.fits(`${name}, large`, "phone", PHONE);
  await visitor.page.setViewportSize(DESKTOP);
}

story(async (come, given) => {
  const looked = { zh: new Set(), en: new Set() };
  for (const { as, staff, hides } of given.roles) {
    // Those who see most, and those who must not see all, in both languages.
    for (const lang of as === "clerk" || hides.length ? ["zh", "en"] : ["zh"]) {
      const visitor = await come();
      const { page } = visitor;
      await visitor.signIn(staff);
      await visitor.go(`/office?lang=${lang}`);
      const seen = new Set();
      const kinds = new Map();
      // The parts are shown with people who are made up, so that their names stand there for everybody.
      const next = hides.length ? ["/office"] : ["/office", "/design", "/m"];
      while (next.length && seen.size < MOST) {
        const address = next.shift();
        const kind = new URL(address, given.url).pathname.replace(/[\w-]{22,}/g, "…");
        if (seen.has(address) || (kinds.get(kind) ?? 0) >= OF_A_KIND * (kind.includes("…") ? 1 : 4)) continue;
        seen.add(address);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        const answer = await page.goto(new URL(address, given.url).href);
        assert.equal(answer.status(), 200, `${as}: ${address} was answered ${answer.status()}`);
        const html = (answer.headers()["content-type"] ?? "").startsWith("text/html");
        if (!html) continue;
        const text = await page.textContent("body");
        for (const word of hides) assert.ok(!text.includes(word), `${as} reads “${word}” at ${address}`);
        assert.equal(await page.getAttribute("html", "lang"), lang === "zh" ? "zh-Hans" : "en", address);
        const untold = text.match(/\b(?:office|aside|inbox|card|matter|move|effect|said|line|problem|field|did|window|home|search|photo|daybook|visit|homes|erase|erased|devices|length)-[a-z]+(?:-[a-z]+)*\b/);
        assert.equal(untold, null, `${as}: a key of the catalogue stands at ${address}`);
        visitor.isWell(`${as} ${address}`);
        // One page of each kind, whatever its id and what it asks for, by the first who sees it: the others have the same parts.
        if (!looked[lang].has(kind)) await inEachSize(visitor, `${as} ${address}`);
        looked[lang].add(kind);
        const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
        for (const link of links) {
          const to = new URL(link, new URL(address, given.url));
          assert.equal(to.origin, new URL(given.url).origin, `${address} leads away to ${link}`);
          const path = to.pathname + to.search;
          // Of the filters each alone: all of them together are more pages than anybody looks at.
          if (to.searchParams.size > 1 && to.pathname === "/office/line") continue;
          // Days go on for ever: those beside today.
          if (to.pathname === "/office/rounds" && /day=/.test(address)) continue;
          if (!seen.has(path) && !/[?&]lang=|\/static\/|\.(ics|csv|xlsx)$/.test(path)) next.push(path);
        }
      }
      console.log(JSON.stringify({ as, lang, pages: seen.size }));
      await visitor.leave();
    }
  }
});
