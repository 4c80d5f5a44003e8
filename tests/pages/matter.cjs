// A matter goes from acceptance to feedback by the buttons of its page; each sees only what is theirs to do.
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const at = `/office/matters/${given.matter}`;
  const who = {};
  for (const role of ["clerk", "lead", "handler"]) {
    who[role] = await come();
    await who[role].signIn(given[role]);
  }
  const moves = (page) => page.locator("details.move").evaluateAll((all) => all.map((it) => it.id.slice(2)));
  const open = async (role, event) => {
    const { page } = await who[role].go(at).then(() => who[role]);
    await page.click(`#m-${event} > summary`);
    return page;
  };
  const send = (page, event) => page.click(`#m-${event} form button.go`);
  const is = async (page, state) => assert.match(await page.textContent(".tag.is"), state);

  // Today leads to it.
  await who.clerk.go("/office");
  await who.clerk.page.click(`a[href='${at}']`);
  await who.clerk.look("matter-registered");
  assert.deepEqual((await moves(who.handler.page.url() ? (await who.handler.go(at)) : null)).filter((event) => ["accept", "assign", "sign"].includes(event)), []);
  // Voided by mistake: the other one, with its reason.
  await who.clerk.go(`/office/matters/${given.other}`);
  await who.clerk.page.click("#m-void > summary");
  await who.clerk.page.fill("#void-text", "同一件事登记了两次");
  await send(who.clerk.page, "void");
  // It needs a second person, who sees who asks for what.
  await is(who.clerk.page, /已登记/);
  await who.lead.go(`/office/matters/${given.other}`);
  await who.lead.page.click("#m-confirm > summary");
  await who.lead.look("matter-confirm");
  await who.lead.page.check("#m-confirm input[name=proposal]");
  await send(who.lead.page, "confirm");
  await is(who.lead.page, /已作废/);
  await who.lead.look("matter-void");

  let page = await open("clerk", "accept");
  await who.clerk.look("matter-accept");
  await page.check("#m-accept input[value=promised]");
  await page.fill("#accept-days", "5");
  await send(page, "accept");
  await page.waitForSelector(".toast");
  await is(page, /已受理/);
  page = await open("clerk", "assign");
  await send(page, "assign");
  await is(page, /待签收/);
  await who.clerk.look("matter-assigned");

  // The neighbour's complaint is the same: it follows this one.
  const code = (await page.textContent(".work .row .code")).trim();
  await who.clerk.go(`/office/matters/${given.third}`);
  await page.click("#m-merge > summary");
  await page.fill("#merge-matter", "0000-0000");
  await send(page, "merge");
  who.clerk.allow(409);
  assert.match(await page.textContent("#m-merge .error"), /line\.refused/);
  await page.fill("#merge-matter", code);
  await send(page, "merge");
  await is(page, /已并案/);
  await who.clerk.look("matter-merged");

  page = await open("handler", "sign");
  await send(page, "sign");
  await is(page, /办理中/);
  await who.handler.look("matter-handling");
  // Two at one matter: what the second wrote is refused, and stays in the form.
  const late = await open("lead", "transfer");
  page = await open("handler", "result");
  await page.check("#m-result input[value=yes]");
  await page.fill("#result-text", "井圈裂成三块，换新。马玉兰家老人上周绊倒。");
  await page.fill("#result-public", "王秀兰家门口的污水井盖已经换新。");
  await page.fill("#result-yuan", "320.5");
  await send(page, "result");
  who.handler.allow(422);
  assert.match(await page.textContent("#m-result .error"), /public\.name/);
  assert.equal(await page.inputValue("#result-text"), "井圈裂成三块，换新。马玉兰家老人上周绊倒。");
  await who.handler.look("matter-refused-text");
  await page.fill("#result-public", "7 号楼门口的污水井盖已经换新。");
  await page.check("#m-result input[value=yes]");
  await send(page, "result");
  await is(page, /待审核/);
  await late.fill("#transfer-text", "请城管办接着办");
  await send(late, "transfer");
  await late.waitForSelector(".note[role=alert]");
  who.lead.allow(409);
  assert.match(await late.textContent(".note[role=alert]"), /转办.*请城管办接着办/s, "what was written is not lost with the form");
  await who.lead.look("matter-overtaken");

  page = await open("lead", "pass");
  await who.lead.look("matter-review");
  await send(page, "pass");
  await is(page, /待反馈/);
  page = await open("clerk", "feedback");
  // Both households are told in one go.
  await page.selectOption("#feedback-of", "cluster");
  await page.check("#m-feedback input[name=way][value=individual]");
  await page.check("#m-feedback input[name=reached][value=true]");
  await send(page, "feedback");
  await is(page, /回访评价/);
  await who.clerk.look("matter-told");
  await who.clerk.go(`${at}/public`);
  assert.match(await page.textContent("main"), /7 号楼门口的污水井盖已经换新/);
  await who.clerk.look("matter-public");
  await who.clerk.go(at);
  assert.match(await page.textContent(".timeline"), /320\.50 元/);
  assert.equal((await page.textContent(".timeline")).match(/专项反馈/g).length, 2);
  await who.clerk.go(`${at}?lang=en`);
  await who.clerk.look("matter-english");

  // A delegate reads masked, on other pages.
  const delegate = await come();
  await delegate.signIn(given.delegate);
  await delegate.go(at, 403);
  await delegate.look("refused");
  for (const visitor of [...Object.values(who), delegate]) await visitor.leave();

  // Without scripts.
  const plain = await come({ scripts: false });
  await plain.signIn(given.clerk);
  await plain.go(at);
  await plain.page.click("#m-note > summary");
  await plain.page.fill("#note-text", "打过电话，满意");
  await plain.page.click("#m-note form button.go");
  assert.match(await plain.page.textContent(".timeline"), /打过电话，满意/);
  await plain.leave();
});
