// The calendar of the doors: a time is found with the keyboard, moved with the mouse, taken back; what cannot be had says why; a day is planned.
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const clerk = await come();
  const { page } = clerk;
  await clerk.signIn(given.clerk);
  await clerk.go(`/office/rounds?day=${given.day}`);
  await clerk.look("rounds-empty");

  // Asked for, timed and agreed without the mouse.
  await page.keyboard.press("n");
  await page.waitForSelector("#who:focus");
  await page.keyboard.type("3-2-501");
  await page.waitForSelector("#doors input[name=household]");
  assert.equal(await page.locator("input[name=purpose]").count(), 7, "what somebody may come for");
  await clerk.look("visit-ask");
  await page.focus("#who");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#doors input[name=household]:checked");
  await page.focus("#minutes");
  await page.fill("#minutes", "45");
  await page.focus("button.go");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".daybook.moving");
  await clerk.look("rounds-choose");
  await page.reload();
  await page.waitForSelector(".daybook .to button:focus");
  const first = await page.textContent(":focus");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await page.textContent(":focus");
  assert.notEqual(first, second, "arrows go from time to time");
  await page.keyboard.press("ArrowRight");
  const aside = await page.textContent(":focus");
  assert.equal(aside.slice(0, 5), second.slice(0, 5), "and from officer to officer at one time");
  assert.notEqual(aside, second);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".toast");
  const slot = () => page.locator(`.slot[data-move]:not([data-move="${given.other}"])`).first();
  assert.equal(await slot().getAttribute("data-is"), "asked", "not agreed yet");
  await slot().focus();
  await page.keyboard.press("Enter");
  await page.click("button[value=confirm]");
  await page.waitForSelector(".toast");
  await clerk.look("visit");
  assert.equal(await page.locator("input[name=reason]").count(), 6, "why it may be called off");

  // Moved with the mouse, and back with a key.
  await clerk.go(`/office/rounds?day=${given.day}`);
  assert.equal(await slot().getAttribute("data-is"), null, "agreed");
  await clerk.look("rounds");
  const was = await slot().locator("time").textContent();
  const cell = async (clock) => {
    const row = page.locator(`.daybook tr[data-start='${given.midnight + clock * 3_600_000}']`);
    const [box, head] = [await row.boundingBox(), await page.locator(".daybook thead th[data-officer]").first().boundingBox()];
    return { x: head.x + head.width / 2, y: box.y + 4 };
  };
  const drag = async (clock) => {
    await slot().scrollIntoViewIfNeeded();
    const from = await slot().boundingBox();
    const to = await cell(clock);
    await page.mouse.move(from.x + 10, from.y + 6);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y - 2, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 2 });
    await page.mouse.up();
  };
  await drag(11);
  await page.waitForSelector(".toast");
  assert.equal(await slot().locator("time").textContent(), "11:00");
  assert.equal(await slot().getAttribute("data-is"), "asked", "the resident has not agreed to it");
  await page.keyboard.press("z");
  await page.waitForFunction((was) => [...document.querySelectorAll(".slot time")].some((time) => time.textContent === was), was);

  // A time that somebody has already: which, and of whom.
  await clerk.go(`/office/rounds?move=${given.other}&day=${given.day}`);
  assert.equal(await page.locator(".slot time").first().textContent(), was, "what is taken stands there, and what is moved does not");
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.search.includes("move="));
  const [hour, minute] = was.split(":").map(Number);
  const other = page.locator(`.slot[data-move='${given.other}']`);
  const from = await other.boundingBox();
  const target = await page.locator(`.slot[data-move]:not([data-move='${given.other}'])`).first().boundingBox();
  await page.mouse.move(from.x + 10, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(target.x + 20, target.y + 8, { steps: 4 });
  await page.mouse.move(target.x + 20, target.y + 10, { steps: 2 });
  await page.mouse.up();
  await page.waitForSelector(".note[role=alert]");
  clerk.allow(422);
  assert.match(await page.textContent(".note[role=alert]"), new RegExp(`${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")} 到 .* 要去 3-2-501`));
  assert.match(page.url(), /appointments/);
  await clerk.look("rounds-no-room");

  // A day is planned, drawn from coordinates, and printed.
  await clerk.go(`/office/rounds?day=${given.day}`);
  await page.click("#round form button");
  await page.waitForSelector("#round .stops li");
  assert.ok((await page.locator("#round .map .dot").count()) >= 1);
  assert.match(await page.textContent("#round figcaption"), /按坐标/);
  await clerk.look("rounds-planned");
  await page.click("#round a[href^='/office/paper/round']");
  await page.waitForURL(/paper\/round/);
  await clerk.leave();

  // Without scripts, on a phone, in English.
  const plain = await come({ scripts: false, size: { width: 360, height: 780 }, lang: "en" });
  await plain.signIn(given.clerk);
  await plain.go(`/office/rounds?move=${given.other}&day=${given.day}`);
  await plain.page.locator(".daybook .to button").first().click();
  assert.match(await plain.page.textContent(".toast"), /The time is kept/);
  await plain.fits("rounds-plain", "phone", { width: 360, height: 780 });
  await plain.leave();
});
