// A photo is covered: by dragging, by keys, and without scripts by numbers. What is kept is read back pixel by pixel.
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const at = `/office/matters/${given.matter}`;
  const clerk = await come();
  const { page } = clerk;
  await clerk.signIn(given.clerk);
  await clerk.go(at);
  await page.waitForFunction(() => document.querySelector(".shots img")?.naturalWidth > 0);
  await page.click(".shots a");
  await page.waitForFunction(() => document.querySelector("[data-stage][data-draws] > img")?.naturalWidth > 0);
  const here = new URL(page.url()).pathname;
  await clerk.look("photo");

  const patches = () => page.locator(".patch");
  const numbers = () => page.locator("[data-rows] fieldset").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("input")].map((field) => Number(field.value))));
  const near = (is, wanted, by) => wanted.forEach((n, i) => assert.ok(Math.abs(is[i] - n) <= by, `${is} is not near ${wanted}`));
  /** Presses at one place of the photo and lets go at another, in per cent. */
  async function drag(from, to) {
    const room = await page.locator("[data-stage]").boundingBox();
    const spot = ([x, y]) => [room.x + (room.width * x) / 100, room.y + (room.height * y) / 100];
    await page.mouse.move(...spot(from));
    await page.mouse.down();
    await page.mouse.move(...spot([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
    await page.mouse.move(...spot(to));
    await page.mouse.up();
  }

  // By the mouse: drawn, moved, made larger by its corner; a click alone draws nothing.
  await page.locator("[data-stage]").scrollIntoViewIfNeeded();
  await drag([10, 10], [30, 25]);
  near((await numbers())[0], [10, 10, 20, 15], 1);
  await drag([15, 15], [25, 20]);
  near((await numbers())[0], [20, 15, 20, 15], 1);
  await drag([39, 29], [49, 39]);
  near((await numbers())[0], [20, 15, 30, 25], 1.5);
  await drag([80, 80], [80, 80]);
  assert.equal(await patches().count(), 1);
  // By keys.
  await page.locator("[data-add]").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.className), "patch");
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"]) await page.keyboard.press(key);
  assert.deepEqual((await numbers())[1], [42, 41, 21, 19]);
  for (let n = 0; n < 70; n++) await page.keyboard.press("ArrowRight");
  assert.deepEqual((await numbers())[1], [79, 41, 21, 19], "never beyond the photo");
  await page.keyboard.press("Tab");
  await page.locator("[data-add]").focus();
  await page.keyboard.press("Space");
  assert.equal(await patches().count(), 3);
  await page.keyboard.press("Delete");
  assert.equal(await patches().count(), 2);
  // Whoever has no such key touches it and takes it away.
  await page.click("[data-add]");
  await page.click("[data-remove]");
  assert.equal(await patches().count(), 2);
  assert.match(await page.textContent("[data-count]"), /2/);
  await clerk.look("photo-drawn");

  const drawn = await numbers();
  await page.click("button[value=cover]");
  await page.waitForSelector(".toast");
  await page.waitForFunction(() => document.querySelector("img.copy")?.naturalWidth > 0);
  assert.deepEqual(await numbers(), drawn, "what holds can be changed");
  await clerk.look("photo-covered");
  await is(page, await copy(page), drawn);

  await clerk.go(`${here}?lang=en`);
  await page.waitForFunction(() => document.querySelector("[data-stage][data-draws] > img")?.naturalWidth > 0);
  await clerk.look("photo-english");
  await clerk.go(`${at}/public?lang=zh`);
  assert.equal(await page.locator(".shots img").count(), 1);
  assert.ok(!(await page.content()).includes(here.split("/").pop()), "the photo itself stands on no preview");
  await page.waitForFunction(() => document.querySelector(".shots img").naturalWidth > 0);
  await clerk.look("photo-public");

  // Who handles the matter sees the photo, and no way to cover it.
  const handler = await come();
  await handler.signIn(given.handler);
  await handler.go(here);
  assert.equal(await handler.page.locator("form.split, .patch, button[value=cover]").count(), 0);
  await handler.look("photo-seen");
  await handler.leave();

  // Without scripts: numbers, a preview, and the same in the end.
  const plain = await come({ scripts: false });
  await plain.signIn(given.clerk);
  await plain.go(here);
  const row = (n, name) => plain.page.locator("[data-rows] fieldset").nth(n).locator(`[name=${name}]`);
  const fill = async (n, values) => {
    for (const [i, name] of ["x", "y", "w", "h"].entries()) await row(n, name).fill(String(values[i]));
  };
  await fill(2, [60, 70, 200, 20]);
  await plain.page.click("button[value=cover]");
  plain.allow(422);
  assert.match(await plain.page.textContent(".error"), /第 3 块.*photo\.patch_outside/s);
  assert.equal(await row(2, "w").inputValue(), "200", "what was typed stays");
  await fill(2, [60, 70, 25.5, 20]);
  await plain.page.click("button[value=preview]");
  assert.equal(await plain.page.locator("[data-stage] > svg > rect").count(), 3);
  assert.equal(await row(2, "w").inputValue(), "25.5");
  await pictures(plain, "photo-plain");
  await plain.page.click("button[value=cover]");
  await plain.page.waitForSelector(".toast");
  await plain.leave();
  await clerk.go(here);
  await page.waitForFunction(() => document.querySelector("img.copy")?.naturalWidth > 0);
  assert.deepEqual((await numbers())[2], [60, 70, 25.5, 20]);
  await is(page, await copy(page), await numbers());

  // And nobody outside sees it any more.
  await page.click("button[value=uncover]");
  await page.waitForSelector(".toast");
  assert.equal(await page.locator("img.copy").count(), 0);
  await clerk.go(`${at}/public`);
  assert.equal(await page.locator(".shots img").count(), 0);
  await clerk.leave();
});

/** Where the covered copy lies. */
const copy = (page) => page.locator("img.copy").locator("..").getAttribute("href");

/** Holds each pixel of the copy against the photo: one colour under the patches, the same beside them. */
async function is(page, address, patches) {
  const photo = await page.locator("[data-stage] > img").getAttribute("src");
  const wrong = await page.evaluate(async ([photo, address, patches]) => {
    const read = async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, canvas.width, canvas.height);
    };
    const [was, now] = [await read(photo), await read(address)];
    if (was.width !== now.width || was.height !== now.height) return ["another size"];
    // A packed picture mixes the pixels of one block at an edge.
    const EDGE = 16;
    const boxes = patches.map(([x, y, w, h]) => [x, y, x + w, y + h].map((n, i) => (n * (i % 2 ? now.height : now.width)) / 100));
    const wrong = [];
    let [inside, outside] = [0, 0];
    for (let y = 0; y < now.height; y++) {
      for (let x = 0; x < now.width; x++) {
        const within = boxes.some(([l, t, r, b]) => x >= l + EDGE && x < r - EDGE && y >= t + EDGE && y < b - EDGE);
        const near = boxes.some(([l, t, r, b]) => x >= l - EDGE && x < r + EDGE && y >= t - EDGE && y < b + EDGE);
        const at = 4 * (y * now.width + x);
        const far = (n, k) => Math.abs(now.data[at + k] - n);
        if (within && [0, 1, 2].some((k) => far(0, k) > 3)) wrong.push(`${x} ${y} shows something`);
        if (!near && [0, 1, 2].some((k) => far(was.data[at + k], k) > 32)) wrong.push(`${x} ${y} was changed`);
        inside += within;
        outside += !near;
      }
    }
    return inside > 1000 && outside > 1000 ? wrong.slice(0, 5) : ["too little was looked at"];
  }, [photo, address, patches]);
  assert.deepEqual(wrong, []);
}

/** Pictures of a page without scripts, on which axe cannot run. */
async function pictures(visitor, name) {
  for (const [as, width] of [["desktop", 1440], ["phone", 360]]) {
    await visitor.page.setViewportSize({ width, height: 800 });
    await visitor.page.screenshot({ path: require("node:path").join(visitor.given.pictures, `${name}-${as}.png`), fullPage: true });
  }
}
