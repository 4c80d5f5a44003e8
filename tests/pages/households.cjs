// Stairwells and one door; somebody is erased after it was shown what goes; an officer moves; a lost phone is revoked.
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const clerk = await come();
  const { page } = clerk;
  await clerk.signIn(given.clerk);
  await clerk.go("/office");
  await page.click(".rail a[href='/office/households']");
  assert.equal(await page.locator(".stair").count(), 2, "a table for each stairwell");
  assert.equal(await page.locator(".stair a[data-door=visited]").count(), 1);
  await clerk.look("households");
  await page.fill("#q", "王秀兰");
  await page.keyboard.press("Enter");
  await page.click("a.plate");
  assert.match(await page.textContent(".timeline"), /老人说水压小/);
  assert.match(await page.textContent("main"), /楼道灯不亮/);
  await clerk.look("household");

  // What somebody says of their own record at the window: a card for what stood there, at once what did not, and what they agree to.
  await page.click(".facts a >> nth=0");
  await page.fill("#name", "王秀蘭");
  await page.fill("#birth_year", "1944");
  await page.click("button[value=correct]");
  await page.waitForSelector(".toast");
  assert.match(await page.textContent(".toast"), /1 处已送到收件核对，1 处已记下/);
  await clerk.look("household-person");
  await page.uncheck("input[value=contact]");
  await page.click("button[value=consents]");
  await page.waitForSelector("text=已记下本人同意什么");
  assert.equal(await page.inputValue("#phone"), "", "what was kept for it is gone");
  await clerk.go("/office/inbox?kind=edit");
  const said = await page.textContent("main");
  assert.ok(said.includes("本人在窗口说的") && said.includes("马志强"), `who says what: ${said}`);
  await clerk.look("inbox-correction");
  await page.locator(".pair > div", { hasText: "马志强" }).locator("button").click();
  await page.waitForSelector(".toast");
  await clerk.go("/office/households?q=%E7%8E%8B%E7%A7%80%E5%85%B0");
  await page.click("a.plate");

  // Nothing goes before it was shown.
  await page.click("a.stop");
  await page.check(`label:has-text("王秀兰") input`);
  await page.fill("#words", "水压");
  await page.click("button[value=preview]");
  await page.waitForSelector("#goes-h");
  const goes = await page.textContent("section[aria-labelledby=goes-h]");
  assert.match(goes, /住户卡片/);
  await clerk.look("household-erase");
  await page.click("button[value=erase]");
  await page.waitForURL(/erasures/);
  await clerk.look("erasures");
  await clerk.go("/office/households?q=%E7%8E%8B%E7%A7%80%E5%85%B0");
  assert.equal(await page.locator("section[aria-labelledby=found-h] li").count(), 0, "nobody is found by that name any more");

  // Phones over time, and an officer who gets another grid.
  await page.click(".rail a[href='/office/devices']");
  assert.ok((await page.locator(".strip .used").count()) >= 1, "today it has synced");
  await clerk.look("devices");
  await page.click("table a");
  await page.check("input[name=grids] >> nth=1");
  await page.click("button[value=preview]");
  await page.waitForSelector("#move-h");
  await clerk.look("officer");
  await page.click("button[value=move]");
  await page.waitForSelector(".toast");
  console.log(JSON.stringify({ moved: true }));
  await page.click("td.do button.quiet");
  await page.click("td.do button.stop");
  await page.waitForSelector("text=已永久停用");
  await clerk.look("devices-revoked");
  await clerk.leave();

  // The same without scripts, on a phone, in large type.
  const plain = await come({ scripts: false, size: { width: 360, height: 780 } });
  await plain.signIn(given.clerk);
  await plain.go("/office/households");
  await plain.page.locator(".stair a").first().click();
  assert.match(await plain.page.textContent("h1"), /号楼/);
  await plain.fits("household-plain", "phone", { width: 360, height: 780 });
  await plain.leave();
});
