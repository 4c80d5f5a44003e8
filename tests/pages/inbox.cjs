// A clerk clears thirty mixed cards with the keyboard alone; a colleague on the same card is told; one decision is taken back.
const { story, assert } = require("./browser.cjs");

const left = async (page) => Number((await page.textContent("#left")).match(/(?:还剩|今天已清 \d+ 张，还剩) (\d+)/)[1]);

story(async (come, given) => {
  const clerk = await come();
  const { page } = clerk;
  await clerk.signIn(given.clerk);
  // The rail says how many there are, from wherever one is.
  const rail = await page.textContent(".rail nav a[href='/office/inbox']");
  await page.click(".rail nav a[href='/office/inbox']");
  const tabs = (await page.textContent(".tabs")).replace(/\s+/g, " ");
  assert.ok(rail.endsWith("30"), `${rail}: ${tabs}`);
  assert.equal(await left(page), 30);
  for (const kind of ["all", "edit", "door", "parked", "address"]) {
    await clerk.go(`/office/inbox?kind=${kind}`);
    await clerk.look(`inbox-${kind}`);
  }
  await clerk.go("/office/inbox?lang=en");
  await clerk.look("inbox-english");
  await clerk.go("/office/inbox?lang=zh&kind=edit");

  // Two at one card: the second is told who was first, and nothing of theirs is written.
  const lead = await come();
  await lead.signIn(given.lead);
  await lead.go("/office/inbox?kind=edit");
  await lead.page.waitForSelector(".card[aria-current]");
  await page.keyboard.press("2");
  await page.waitForSelector(".toast");
  await lead.page.keyboard.press("1");
  await lead.page.waitForSelector(".note[role=alert]");
  lead.allow(409);
  assert.match(await lead.page.textContent(".note[role=alert]"), /马春兰.*已经定了.*card\.settled/s);
  await lead.look("inbox-second");
  await lead.leave();

  // What was done is taken back with one key, and both values stand there again.
  assert.equal(await left(page), 29);
  await clerk.look("inbox-toast");
  await page.keyboard.press("z");
  await page.waitForURL(/undid=/);
  assert.equal(await left(page), 30);
  // Later is later: another card is current, nothing was decided.
  const current = () => page.getAttribute("[data-cards] > .card[aria-current]", "id");
  const first = await current();
  await page.keyboard.press("s");
  await page.waitForFunction((id) => document.querySelector("[data-cards] > .card[aria-current]").id !== id, first);
  await page.keyboard.press("k");
  assert.equal(await current(), first);

  // A half-written text is kept while the counts are fetched again.
  await page.keyboard.press("e");
  await page.keyboard.type("，门铃坏了");
  await page.waitForResponse((answer) => answer.url().includes("/office/inbox/left"));
  assert.match(await page.inputValue(`[id="${first}-both"]`), /门铃坏了/);
  await page.keyboard.press("Escape");

  // Everything, with the keyboard: 3 takes both together, 1 the first choice; what was put aside is confirmed.
  await clerk.go("/office/inbox");
  let asked = false;
  for (let guard = 0; (await left(page)) > 0; guard++) {
    assert.ok(guard < 60, "the inbox does not get empty");
    const before = await left(page);
    const kind = (await current())[0];
    const guessed = await page.locator(`[id="${await current()}"] [aria-keyshortcuts="1"]`).count();
    await page.keyboard.press(kind === "e" && guard % 2 ? "3" : guessed ? "1" : "0");
    if (kind === "a") {
      await page.waitForURL(/\/aside\//);
      if (!asked) await clerk.look("inbox-adopt");
      asked = true;
      await page.focus("button.go");
      await page.keyboard.press("Enter");
    }
    await page.waitForFunction((n) => Number(document.querySelector("#left")?.textContent.match(/还剩 (\d+)/)?.[1] ?? n) < n, before);
  }
  await clerk.look("inbox-empty");
  await clerk.go("/office/inbox?kind=done");
  assert.equal(await page.locator("table.lines tbody tr").count(), 25);
  await clerk.look("inbox-done");
  await clerk.leave();

  // Without scripts the same forms do the same.
  const plain = await come({ scripts: false });
  await plain.signIn(given.clerk);
  await plain.go("/office/inbox?kind=done");
  await plain.page.click("table.lines tbody tr:first-child form button");
  await plain.page.waitForURL(/undid=/);
  await plain.go("/office/inbox");
  assert.equal(await left(plain.page), 1);
  await plain.page.click("[data-cards] .card form button");
  await plain.page.waitForURL(/did=/);
  assert.equal(await left(plain.page), 0);
  await plain.leave();
});
