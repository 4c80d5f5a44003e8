// A matter of each handling type, from the window to its resident's rating, by the buttons of its page; the first of them with eleven neighbours,
// who all get one special reply.
const { story, assert, PHONE } = require("./browser.cjs");

story(async (come, given) => {
  const who = {};
  for (const role of ["clerk", "lead", "handler"]) {
    who[role] = await come();
    await who[role].signIn(given[role]);
  }
  const { clerk, lead, handler } = who;

  /** Registers what somebody says at the window; what their slip says. */
  const register = async (door, text, { follow = false, settled = "" } = {}) => {
    const { page } = clerk;
    await clerk.go("/office/window");
    await page.fill("#who", door);
    await page.waitForSelector("#doors input:checked");
    await page.fill("#text", text);
    if (settled) {
      await page.check("input[name=settled]");
      await page.fill("#how", settled);
    }
    await page.check("input[name=category][value=utilities]");
    if (follow) await page.click("#like [aria-keyshortcuts=F]");
    else await page.click("button[value=save]");
    await page.waitForSelector("[data-registered]");
    const [code, pin] = await page.locator(".slip .big").allTextContents();
    return { code, pin, at: await page.getAttribute(".desk-bar a[href^='/office/matters/']", "href") };
  };
  /** Presses a button of the matter's page, filled in; where the matter is then. */
  const act = async (visitor, { at }, event, state, fill = async () => {}) => {
    const { page } = visitor;
    await visitor.go(at);
    await page.click(`#m-${event} > summary`);
    await fill(page);
    await page.click(`#m-${event} form button.go`);
    await page.waitForSelector(".toast");
    assert.match(await page.textContent(".tag.is"), state, event);
  };
  const accept = (matter, type, more = async () => {}) =>
    act(clerk, matter, "accept", /已受理/, async (page) => {
      await page.check(`#m-accept input[value=${type}]`);
      await more(page);
    });
  const handled = async (matter) => {
    await act(clerk, matter, "assign", /待签收/);
    await act(handler, matter, "sign", /办理中/);
  };
  const solved = async (matter, said) => {
    await act(handler, matter, "result", /待审核/, async (page) => {
      await page.check("#m-result input[value=yes]");
      await page.fill("#result-text", said);
      await page.fill("#result-public", said);
    });
    await act(lead, matter, "pass", /待反馈/);
  };
  const told = (matter, cluster = false) =>
    act(clerk, matter, "feedback", /回访评价/, async (page) => {
      if (cluster) await page.selectOption("#feedback-of", "cluster");
      await page.check("#m-feedback input[value=individual]");
      await page.check("#m-feedback input[name=reached][value=true]");
    });

  const resident = await come({ size: PHONE, scripts: false });
  /** Whoever holds the slip reads what came of it, and says what they think. */
  const rate = async ({ code, pin }, reply, stars = 5) => {
    const page = await resident.go(`/m/${code}`);
    await page.fill("#pin", pin);
    await page.click("button.go");
    assert.match(await page.textContent("main"), reply);
    await page.click(`.rates button[value='${stars}']`);
    assert.match(await page.textContent("[role=status]"), /评价收到了/);
    await page.click(".leave button");
  };
  const closed = async ({ at }) => {
    await clerk.go(at);
    assert.match(await clerk.page.textContent(".tag.is"), /已办结/);
  };

  // Promised, for twelve doors: one is handled, eleven go with it, all are told in one go, each rates.
  const lift = await register("3-2-101", "电梯坏了三天，老人下不了楼");
  await accept(lift, "promised", (page) => page.fill("#accept-days", "3"));
  const neighbours = [];
  for (const room of given.rooms) neighbours.push(await register(`3-2-${room}`, "电梯还是坏的，老人下不了楼", { follow: true }));
  await clerk.go(neighbours[0].at);
  assert.match(await clerk.page.textContent(".tag.is"), /已并案/);
  await handled(lift);
  await solved(lift, "电梯的曳引机换了新的，今天起照常运行。");
  await told(lift, true);
  const history = await clerk.page.textContent(".timeline");
  assert.equal(history.match(/专项反馈/g).length, 12, "everybody is told");
  await clerk.look("special-reply");
  for (const slip of [lift, ...neighbours]) await rate(slip, /曳引机换了新的/);
  await closed(lift);

  // Settled on the spot.
  const bulb = await register("3-2-102", "楼道灯泡不亮", { settled: "换了灯泡，亮了" });
  await told(bulb);
  await rate(bulb, /办完了/);
  await closed(bulb);

  // Papers are lacking, and are brought.
  const meter = await register("3-2-201", "水表过户要怎么办");
  await accept(meter, "promised", (page) => page.fill("#accept-days", "5"));
  await handled(meter);
  await act(handler, meter, "need_papers", /待补正/, async (page) => page.fill("#need_papers-papers", "房产证复印件\n身份证复印件"));
  const read = await resident.go(`/m/${meter.code}`);
  await read.fill("#pin", meter.pin);
  await read.click("button.go");
  assert.match(await read.textContent("main"), /房产证复印件.*身份证复印件/s, "the letter is read by whom it is for");
  await read.click(".leave button");
  await act(clerk, meter, "papers_in", /办理中/, async (page) => {
    for (const box of await page.locator("#m-papers_in input[name=items]").all()) await box.check();
  });
  await solved(meter, "水表已经过户。");
  await told(meter);
  await rate(meter, /已经过户/, 4);
  await closed(meter);

  // Beyond the community: the superior answers.
  const pipe = await register("3-2-202", "整条街的水压晚上都低");
  await accept(pipe, "promised", (page) => page.fill("#accept-days", "5"));
  await handled(pipe);
  await act(handler, pipe, "escalate", /已上报/, async (page) => page.fill("#escalate-text", "要换主管，街道才有权"));
  await act(lead, pipe, "superior_answers", /已批复/, async (page) => {
    await page.check("#m-superior_answers input[name=approved][value=true]");
    await page.fill("#superior_answers-replied_on", given.today);
  });
  await solved(pipe, "供水公司加装了增压泵。");
  await told(pipe);
  await rate(pipe, /增压泵/);
  await closed(pipe);

  // Advice: explained, and sent to whom it concerns.
  const bus = await register("3-2-301", "建议把公交站牌换成大字的");
  await accept(bus, "advice", (page) => page.selectOption("#accept-place", { index: 1 }));
  await act(clerk, bus, "explain_refer", /待反馈/, async (page) => page.fill("#explain_refer-text", "公交公司在收意见，电话已给您"));
  await told(bus);
  await rate(bus, /评一评/, 3);
  await closed(bus);

  await clerk.go("/office/line");
  await clerk.look("line-all-types");
  for (const visitor of [clerk, lead, handler, resident]) await visitor.leave();
});
