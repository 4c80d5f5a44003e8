// Every part of the pages in each light, in large type and in both languages: whole, and all of its text seven times as light or dark as its ground.
const { story, assert } = require("./browser.cjs");

/** Rule 10 of the look: contrast of at least 7 to 1. */
async function contrast(visitor, name) {
  const found = await visitor.page.evaluate(() => axe.run(document, { runOnly: { type: "rule", values: ["color-contrast-enhanced"] } }));
  assert.ok(found.passes.some((rule) => rule.nodes.length), `${name}: no text was looked at`);
  const weak = found.violations.flatMap((rule) => rule.nodes.map((node) => `${node.target}: ${node.any[0]?.data?.contrastRatio} ${node.html.slice(0, 120)}`));
  assert.deepEqual(weak, [], `contrast on ${name}`);
}

story(async (come, given) => {
  for (const lang of ["zh", "en"]) {
    const visitor = await come();
    const { page } = visitor;
    const choose = async (name, value) => {
      await page.click(`.head button[name=${name}][value='${value}']`);
      assert.equal(new URL(page.url()).pathname, "/design", "it leads back");
    };
    await visitor.go(`/design?lang=${lang}`);
    const looks = [["light", "light", ""], ["dark", "dark", ""], ["elder", "", "elder"], ["elder-dark", "dark", "elder"]];
    // In English, which is longer, the smallest and the largest.
    for (const [look, theme, view] of lang === "zh" ? looks : [looks[0], looks[3]]) {
      await choose("theme", theme);
      await choose("view", view);
      assert.deepEqual(await page.evaluate(() => ({ ...document.documentElement.dataset })), { place: "desk", ...(theme && { theme }), ...(view && { view }) });
      assert.equal(await page.getAttribute("html", "lang"), lang === "zh" ? "zh-Hans" : "en");
      const untold = (await page.textContent("body")).match(/\b(?:design|look|office|matter)-[a-z]+(?:-[a-z0-9]+)*\b/);
      assert.equal(untold, null, `a key of the catalogue stands at /design`);
      await visitor.look(`design-${look}-${lang}`);
      await contrast(visitor, `${look} ${lang}`);
    }
    await visitor.leave();
  }
  // The office looks as it was chosen, from the first page on; also without scripts.
  for (const scripts of [true, false]) {
    const clerk = await come({ scripts });
    const { page } = clerk;
    await clerk.go("/office/sign-in");
    await page.click(".looks button[name=theme]");
    assert.equal(await page.getAttribute("html", "data-theme"), "dark");
    if (scripts) {
      await clerk.look("sign-in-dark");
      await contrast(clerk, "sign-in, dark");
    }
    await clerk.signIn(given.clerk);
    await page.click(".looks button[name=view]");
    assert.deepEqual([await page.getAttribute("html", "data-theme"), await page.getAttribute("html", "data-view")], ["dark", "elder"]);
    for (const [address, name] of [["/office", "today"], [`/office/matters/${given.matter}`, "matter"]]) {
      await clerk.go(address);
      assert.equal(await page.getAttribute("html", "data-view"), "elder");
      if (!scripts) continue;
      await clerk.look(`${name}-elder-dark`);
      await contrast(clerk, `${name}, elder and dark`);
    }
    await page.click(".looks button[name=theme]");
    assert.equal(await page.getAttribute("html", "data-theme"), "light");
    await clerk.leave();
  }
});
