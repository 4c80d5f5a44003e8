// The board of the line: filters that have addresses, several at once, and what comes in while it is open.
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const clerk = await come();
  const { page } = clerk;
  await clerk.signIn(given.clerk);
  await clerk.go("/office");
  await page.click(".rail a[href='/office/line']");
  const cards = async (of = page) => of.locator(".mini h4").allTextContents();
  assert.equal((await cards()).length, 4);
  await clerk.look("board");

  // Accepted one by one, the rest is done with several at once.
  await page.click(".mini h4 a");
  for (const matter of given.matters.slice(0, 3)) {
    await clerk.go(`/office/matters/${matter}`);
    await page.click("#m-accept > summary");
    await page.check("#m-accept input[value=promised]");
    await page.fill("#accept-days", "5");
    await page.click("#m-accept form button.go");
    await page.waitForSelector(".toast");
  }
  await clerk.go("/office/line?mine=1");
  assert.equal((await cards()).length, 3, "what I did something with is mine");
  assert.equal(await page.locator(".bulk").isVisible(), false, "nothing is chosen");
  for (const box of await page.locator(".mini input").all()) await box.check();
  await clerk.look("board-chosen");
  await page.selectOption("#to", { label: "市政养护所" });
  await page.click(".bulk button[value=assign]");
  await page.waitForSelector(".toast");
  assert.match(await page.textContent(".toast"), /办好 3 件：派单/);
  assert.match(page.url(), /mine=1/, "it stays where it was");
  assert.match(await page.textContent(".lane:nth-of-type(2)"), /待签收\s*3 件，1 个工作日内签收/);

  // One was signed meanwhile: of three two are done, and the third says why.
  const handler = await come();
  await handler.signIn(given.handler);
  await handler.go("/office/line?state=assigned");
  assert.equal((await cards(handler.page)).length, 3);
  for (const box of await handler.page.locator(".mini input").all()) await box.check();
  const other = await come();
  await other.signIn(given.handler);
  await other.go(`/office/matters/${given.matters[0]}`);
  await other.page.click("#m-sign > summary");
  await other.page.click("#m-sign form button.go");
  await other.page.waitForSelector(".toast");
  await handler.page.click(".bulk button[value=sign]");
  await handler.page.waitForSelector(".note[role=alert]");
  handler.allow(409);
  assert.match(await handler.page.textContent(".note[role=alert]"), /办好 2 件：签收/);
  assert.equal(await handler.page.locator(".note[role=alert] li").count(), 1);
  await handler.look("board-refused");
  await handler.go("/office/line?state=handling&lamp=red");
  assert.equal((await cards(handler.page)).length, 0);
  await handler.look("board-empty");

  // Chosen ones as a list to take along.
  await clerk.go("/office/line?state=handling");
  assert.equal((await cards()).length, 3);
  for (const box of await page.locator(".mini input").all()) await box.check();
  await clerk.look("board-list");
  await page.click(".bulk button[formaction='/office/line/print']");
  assert.equal(await page.locator("tbody tr").count(), 3);
  await clerk.look("board-print");

  // What comes in appears by itself; what is chosen stays chosen until it is let go.
  await clerk.go("/office/line");
  await page.locator(".mini input").first().check();
  const chosen = await page.locator(".mini input:checked").getAttribute("value");
  console.log(JSON.stringify({ now: "another one" }));
  const there = async () => (await (await page.request.get(new URL("/office/line/lanes", given.url).href)).text()).split("<h4>").length - 1;
  while ((await there()) < 5);
  assert.equal(await page.locator(".mini input:checked").getAttribute("value"), chosen);
  await page.click(".bulk button[type=reset]");
  await page.waitForFunction(() => document.querySelectorAll(".mini").length === 5);
  assert.ok((await page.locator(".mini.new").count()) >= 1);
  await clerk.look("board-new");
  for (const visitor of [clerk, handler, other]) await visitor.leave();

  // Without scripts, in English, at a phone's size.
  const plain = await come({ scripts: false, lang: "en-GB" });
  await plain.signIn(given.clerk);
  await plain.go("/office/line?lang=en");
  await plain.page.selectOption("#category", "utilities");
  await plain.page.click("button[form=filter]");
  assert.match(plain.page.url(), /category=utilities/);
  await plain.page.locator(".mini input").first().check();
  await plain.page.click(".bulk button[formaction='/office/line/print']");
  assert.equal(await plain.page.locator("tbody tr").count(), 1);
  await plain.leave();
  const english = await come({ lang: "en-GB" });
  await english.signIn(given.clerk);
  await english.go("/office/line?lang=en");
  await english.look("board-english");
  await english.leave();
});
