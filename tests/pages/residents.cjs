// Residents with the slips that they were given: where it stands, a time at the door, a rating, taking back, a letter. Without an account, without
// scripts, at 360 px and at 200 % text, and with large type.
const { story, assert, PHONE } = require("./browser.cjs");

const HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">'\"><b>{{7*7}}</b>";
/** 200 % text on a phone of 360 px. */
const DOUBLE = { width: 180, height: 390 };

story(async (come, given) => {
  /** Looks at a page as people do, and at what it must not say. Codes are random and may hold any digits. */
  const see = async (visitor, name) => {
    const text = await visitor.page.evaluate(() => {
      const body = document.body.cloneNode(true);
      body.querySelectorAll(".code").forEach((code) => code.remove());
      return body.textContent;
    });
    for (const word of given.private) assert.ok(!text.includes(word), `${name} says “${word}”`);
    assert.equal(text.match(/\b(?:home|letter)-[a-z]+(?:-[a-z0-9]+)*\b/), null, `a key of the catalogue stands on ${name}`);
    assert.notEqual(await visitor.page.title(), "taken", name);
    await visitor.fits(name, "phone at 200 %", DOUBLE);
    if (given.pictures) await visitor.page.screenshot({ path: `${given.pictures}/${name}-double.png`, fullPage: true });
    await visitor.look(name);
  };
  const answer = (page) => page.textContent("#answer");
  const open = async (visitor, slip) => {
    const page = await visitor.go(`/m/${slip.code}`);
    assert.equal(await page.inputValue("#code"), slip.code, "a slip's QR has its code filled in");
    await page.fill("#pin", slip.pin);
    await page.click("button.go");
    return page;
  };
  const leave = async ({ page, given }) => {
    await page.click(".leave button");
    assert.match(await page.textContent("[role=status]"), /没有留下/);
    await page.goto(`${given.url}/m/mine`);
    assert.equal(new URL(page.url()).pathname, "/m", "nothing is left behind");
  };

  // Scripts play no part in what follows, but for axe.
  const wang = await come({ size: PHONE });
  await wang.context.route("**/*.js", (route) => route.abort());
  await wang.go("/m");
  await see(wang, "home-look-up");
  let page = await wang.go(`/m/${given.slips[0].code}`);
  await page.fill("#pin", "abcdef");
  await page.click("button.go");
  wang.allow(401);
  assert.match(await page.textContent(".error"), /slip\.wrong/);
  assert.equal(await page.inputValue("#pin"), "");
  await see(wang, "home-wrong");
  await open(wang, given.slips[0]);
  const kept = (await wang.context.cookies(`${given.url}/m`)).find((cookie) => cookie.name === "minqing_slip");
  assert.deepEqual([kept.httpOnly, kept.sameSite, kept.path], [true, "Strict", "/m"]);
  assert.match(await answer(page), /有结果了/);
  assert.match(await page.textContent(".reply"), /6 盏灯都换了新的/);
  await see(wang, "home-result");

  // A time at the door: chosen, moved, taken back.
  await page.click("a.button:has-text('挑一个时间')");
  await see(wang, "home-times");
  await page.locator(".times button").first().click();
  assert.match(await page.textContent("[role=status]"), /定下了/);
  const first = await page.textContent(".promise b");
  await see(wang, "home-promised");
  await page.click("a.button:has-text('换个时间')");
  await page.click("a.button[href*='?day=']");
  await see(wang, "home-move");
  await page.locator(".times button").nth(3).click();
  const second = await page.textContent(".promise b");
  assert.notEqual(first, second);
  await page.goto(`${given.url}/m/mine?lang=en`);
  await see(wang, "home-english");
  await page.goto(`${given.url}/m/mine?lang=zh`);
  await page.click("button:has-text('不用来了')");
  assert.match(await page.textContent("main"), /您说不用来了/);
  await see(wang, "home-cancelled");
  await leave(wang);
  await wang.leave();

  // Large type, and a rating of two stars.
  const zhao = await come();
  page = await open(zhao, given.slips[1]);
  await page.click(".looks button:has-text('大字')");
  assert.equal(await page.getAttribute("html", "data-view"), "elder");
  assert.equal(new URL(page.url()).pathname, "/m/mine", "it leads back to where it was chosen");
  assert.match(await answer(page), /请您评一评/);
  const sizes = await page.locator(".rates button").evaluateAll((all) => all.map((it) => `${it.offsetHeight} ${getComputedStyle(it).backgroundColor}`));
  assert.equal(new Set(sizes).size, 1, `the five are equal: ${sizes}`);
  const small = await page.locator("button, a.button, summary").evaluateAll((all) => all.filter((it) => it.offsetHeight && it.offsetHeight < 60).map((it) => it.textContent));
  assert.deepEqual(small, [], "targets of 60 px");
  await see(zhao, "home-rate-elder");
  await page.click(".looks button:has-text('深色')");
  await see(zhao, "home-rate-dark");
  await page.click(".looks button:has-text('浅色')");
  await page.click(".rates button:has-text('不满意') >> nth=0");
  await see(zhao, "home-why");
  await page.fill("#text", HOSTILE);
  await page.click("button[value=leave]");
  assert.match(await page.textContent("[role=status]"), /评价收到了/);
  assert.equal(await page.locator(".rates").count(), 0, "once");
  await see(zhao, "home-rated");
  await zhao.leave();

  // Being handled; and one is taken back, with its reason.
  const chen = await come();
  page = await open(chen, given.slips[2]);
  assert.match(await answer(page), /物业维修班正在办您的事/);
  assert.match(await page.textContent(".due"), /答应您.*个工作日/s);
  await see(chen, "home-handling");
  await leave(chen);
  page = await open(chen, given.slips[3]);
  await page.click("#d-withdraw > summary");
  await see(chen, "home-withdraw");
  await page.fill("#t-withdraw", HOSTILE);
  await page.click("#d-withdraw button");
  assert.match(await answer(page), /撤回了/);
  await see(chen, "home-withdrawn");
  await leave(chen);

  // Nothing was registered with this one yet; and guessing shuts the door.
  page = await open(chen, given.slips[5]);
  chen.allow(404);
  assert.match(await page.textContent(".error"), /还没有登记/);
  await see(chen, "home-unused");
  for (let n = 0; n < 30 && !(await page.textContent("body")).includes("tries.too_many"); n++) {
    await page.fill("#pin", `00000${n}`);
    await page.click("button.go");
  }
  [401, 429].forEach((status) => chen.allow(status));
  assert.match(await page.textContent("body"), /tries\.too_many/);
  await see(chen, "home-locked");
  await chen.leave();

  // At the window the clerk opens the screen, and whoever stands before it presses once.
  const window = await come();
  await window.signIn(given.clerk);
  await window.go(`/office/matters/${given.at_window}`);
  const [screen] = await Promise.all([window.context.waitForEvent("page"), window.page.click("form[action$='/screen'] button")]);
  const desk = window.page;
  screen.on("console", (said) => said.type() === "error" && window.wrong.push(said.text()));
  window.page = screen;
  await screen.waitForSelector(".rates.wide");
  assert.match(await screen.textContent("main"), /马春兰.*水电气暖/s);
  const code = given.slips[4].code.replace("-", "");
  assert.ok((await screen.textContent("main")).includes(code.slice(4)) && !(await screen.textContent("main")).includes(code.slice(0, 4)), "the last four alone");
  await see(window, "window-screen");
  await screen.click(".rates button:has-text('满意') >> nth=1");
  assert.match(await screen.textContent("h1"), /谢谢您/);
  await see(window, "window-thanks");
  // And what the office holds is printed for one of the door's people.
  window.page = desk;
  await desk.click("a[href$='/held']");
  await desk.click("nav a.button");
  assert.match(await desk.textContent("main"), /王秀兰.*0931 012 7765.*楼道灯不亮/s);
  await window.look("held");
  await desk.emulateMedia({ media: "print" });
  if (given.pictures) await desk.screenshot({ path: `${given.pictures}/held-print.png`, fullPage: true });
  await window.leave();

  // The letter box, without scripts.
  const plain = await come({ scripts: false, size: PHONE });
  page = await plain.go("/m/letter");
  await page.check("input[name=kind][value=complaint]");
  await page.selectOption("#category", "sanitation");
  await page.fill("#text", `${HOSTILE}\n垃圾站三天没有清了`);
  await page.fill("#place", HOSTILE);
  await page.fill("#reach", "晚上在家");
  await page.click("button.go");
  const fresh = await page.textContent("#new-code");
  const pin = await page.textContent("#new-pin");
  await page.click("a.button:has-text('抄好了')");
  await page.fill("#code", fresh);
  await page.fill("#pin", pin);
  await page.click("button.go");
  assert.match(await answer(page), /收下了/);
  await plain.leave();

  const clear = await come();
  await clear.go("/m/letter");
  await see(clear, "letter");
  page = clear.page;
  // What is wrong stands next to its field, and what was typed stays.
  await page.evaluate(() => document.querySelectorAll("[required], [maxlength]").forEach((field) => { field.required = false; field.removeAttribute("maxlength"); }));
  await page.fill("#place", "垃圾站");
  await page.fill("#text", "长".repeat(2001));
  await page.click("button.go");
  clear.allow(422);
  assert.match(await page.textContent(".error"), /code\.unknown|text\.too_long/);
  assert.equal(await page.inputValue("#place"), "垃圾站");
  await see(clear, "letter-refused");
  await page.check("input[name=kind][value=enquiry]");
  await page.selectOption("#category", "culture");
  await page.fill("#text", "广场上的健身器材什么时候装");
  await page.click("button.go");
  await page.waitForSelector("#new-pin");
  await see(clear, "letter-sent");
  await page.emulateMedia({ media: "print" });
  if (given.pictures) await page.screenshot({ path: `${given.pictures}/letter-sent-print.png` });
  await page.emulateMedia({ media: "screen" });
  for (const address of ["/m", "/m/letter"]) {
    await clear.go(`${address}?lang=en`);
    await see(clear, `english${address.replaceAll("/", "-")}`);
  }
  await clear.leave();
});
