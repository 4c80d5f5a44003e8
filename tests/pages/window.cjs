// A clerk at the window writes down who comes, with the keyboard alone: door, words, category, paper; the same matter; numbers; a draft that outlives
// whatever happens to the page or to the server.
const fs = require("node:fs");
const path = require("node:path");
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const clerk = await come();
  const { page } = clerk;
  await clerk.signIn(given.clerk);
  let keys = 0;
  const press = async (key) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const type = async (text) => {
    keys += text.length;
    await page.keyboard.type(text);
  };
  /** Tabs on to a field, however many steps that takes. */
  const tabTo = async (id) => {
    for (let guard = 0; (await page.evaluate(() => document.activeElement.id)) !== id; guard++) {
      assert.ok(guard < 12, `no Tab leads to ${id}`);
      await press("Tab");
    }
  };
  const picture = (name) => path.join(given.pictures, name);
  const print = async (name) => {
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: picture(`${name}-print.png`), fullPage: true });
    await page.pdf({ path: picture(`${name}.pdf`), preferCSSPageSize: true });
    await page.emulateMedia({ media: null });
  };
  const registered = () => page.waitForSelector("[data-registered]");

  await clerk.go("/office");
  assert.equal(await page.locator(".rail nav a[href='/office/window']").count(), 1);
  await clerk.go("/office/window");
  await clerk.look("window-empty");

  // By keyboard alone, from the first key to the paper.
  await page.focus("#who");
  const began = Date.now();
  await type("3-2-502");
  await page.waitForSelector("#doors input:checked");
  await tabTo("text");
  await type("楼道的灯坏了，晚上看不见台阶");
  await page.waitForFunction(() => document.querySelector("#like").textContent.includes("摸黑上楼"));
  await press("Alt+1");
  await page.waitForFunction(() => document.querySelector("#like").textContent.includes("24 小时"));
  assert.equal(await page.inputValue("input[name=category]:checked"), "utilities");
  await clerk.look("window-typed");
  await press("Control+Enter");
  await registered();
  console.log(JSON.stringify({ keys, ms: Date.now() - began }));
  assert.ok(keys < 50, `${keys} keys for one matter`);
  assert.match(await page.textContent(".slip"), /[0-9A-Z]{4}-[0-9A-Z]{4}.*\d{3} \d{3}/s);
  assert.doesNotMatch(await page.textContent(".slip"), /赵福全|摸黑/, "nobody's name, nothing of others");
  await clerk.look("window-slip");
  await print("window-slip");

  // The same matter: Escape leaves the field, F registers it to go with the first that is named.
  await page.focus(".desk-bar a[href='/office/window']");
  await press("Enter");
  await page.waitForSelector("#window");
  assert.equal(await page.inputValue("#text"), "", "what was saved is no draft");
  await page.focus("#who");
  await type("赵福全");
  await page.waitForSelector("#doors input:checked");
  await tabTo("text");
  await type("楼道灯又不亮了");
  await page.waitForSelector("#like [aria-keyshortcuts=F]");
  await press("Escape");
  await press("f");
  await registered();
  assert.match(await page.textContent(".slip"), /同一件事一起办/);
  await page.click(".desk-bar a[href^='/office/matters/']");
  assert.match(await page.textContent(".tag.is"), /已并案/);

  // Refused: what was typed stays, and the fault stands at its field.
  await clerk.go("/office/window");
  await page.focus("#text");
  await type(given.hostile);
  await press("Control+Enter");
  await page.waitForSelector(".error");
  clerk.allow(422);
  assert.match(await page.textContent("fieldset:has([name=category]) .error"), /code\.unknown/);
  assert.equal(await page.inputValue("#text"), given.hostile);
  assert.notEqual(await page.title(), "taken");
  await clerk.look("window-refused");

  // Left and come back: the draft is there. The server goes and comes under the open page: nothing is lost.
  await page.focus("#place");
  await type("菜市场东口");
  await clerk.go("/office/inbox");
  await clerk.go("/office/window");
  assert.deepEqual([await page.inputValue("#place"), await page.inputValue("#text")], ["菜市场东口", given.hostile]);
  console.log(JSON.stringify({ restart: true }));
  while (!fs.existsSync(given.restarted)) await page.waitForTimeout(50);
  await page.focus("#text");
  await press("Alt+3");
  await press("Control+Enter");
  await registered();
  assert.notEqual(await page.title(), "taken");
  await clerk.look("window-hostile");

  // Numbers, while a form is half filled.
  await clerk.go("/office/window");
  await page.focus("#text");
  await type("问几点开门");
  for (const [key, said] of [["t", /1 号/], ["t", /2 号/], ["n", /请 1 号/]]) {
    await press("Escape");
    await press(key);
    await page.waitForFunction((said) => new RegExp(said).test(document.querySelector(".toast")?.textContent ?? ""), said.source);
    assert.equal(await page.inputValue("#text"), "问几点开门");
  }
  assert.match(await page.textContent(".head"), /正在办 1.*还有 1 位/s);
  await clerk.look("window-queue");
  await clerk.go("/office/window/number/2");
  await clerk.look("window-number");
  await print("window-number");
  await clerk.go("/office/window?lang=en");
  await clerk.look("window-english");
  await clerk.leave();

  // Without scripts: look for the door, look for the same, register what was settled at once.
  const plain = await come({ scripts: false });
  await plain.signIn(given.clerk);
  await plain.go("/office/window?lang=zh");
  await plain.page.fill("#who", "3-2");
  await plain.page.fill("#text", "楼道灯坏了");
  await plain.page.click("button[value=find]");
  assert.equal(await plain.page.inputValue("#text"), "楼道灯坏了");
  await plain.page.check("#doors label:has-text('501') input");
  await plain.page.check("input[value=utilities]");
  await plain.page.click("button[value=like]");
  assert.ok(await plain.page.isChecked("#doors label:has-text('501') input"));
  assert.match(await plain.page.textContent("#like"), /楼道的灯坏了.*同一户/s);
  await plain.page.check("input[name=settled]");
  await plain.page.fill("#how", "换了灯泡，亮了");
  await plain.page.click("button[value=save]");
  assert.match(await plain.page.textContent(".slip"), /当场办好/);
  await plain.page.click(".desk-bar a[href^='/office/matters/']");
  assert.match(await plain.page.textContent(".tag.is"), /待反馈/);
  await plain.leave();

  const lead = await come();
  await lead.signIn(given.lead);
  assert.equal(await lead.page.locator("a[href='/office/window']").count(), 0);
  await lead.go("/office/window", 403);
  await lead.leave();
});
