// Markup in what residents say is text; other sites and frames get nothing; cookies are closed; an open redirect leads nowhere.
const http = require("node:http");
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const clerk = await come();
  const { page, context } = clerk;
  await clerk.signIn(given.clerk);
  for (const address of ["/office", "/office/inbox", "/office/inbox?kind=address", "/office/inbox?kind=%3Cscript%3Edocument.title='taken'%3C/script%3E&did=%22%3E%3Cb%3E"]) {
    await clerk.go(address);
    assert.notEqual(await page.title(), "taken", address);
    assert.equal(await page.locator("img[src=x], b:has-text('49')").count(), 0, address);
    await clerk.look(`hostile-${address.replace(/\W+/g, "-").slice(0, 24)}`);
  }
  const matter = await clerk.go("/office").then((page) => page.getAttribute("a[href^='/office/matters/']", "href"));
  await clerk.go(matter);
  assert.match(await page.textContent("main"), /document\.title='taken'/, "it stands there as it was said");
  assert.notEqual(await page.title(), "taken");
  // What is typed into a form and refused comes back as text, too.
  await page.click("#m-note > summary");
  await page.fill("#note-text", given.hostile);
  await page.click("#m-note form button.go");
  assert.match(await page.textContent(".timeline"), /document\.title='taken'/);
  assert.notEqual(await page.title(), "taken");
  clerk.isWell("hostile words");

  // Cookies: no script reads them, no other site sends them.
  for (const cookie of await context.cookies()) {
    assert.equal(cookie.httpOnly, true, cookie.name);
    assert.equal(cookie.sameSite, "Lax", cookie.name);
  }
  assert.equal(await page.evaluate(() => document.cookie), "");

  // Another site: its form is refused, its frame stays empty.
  const target = `${given.url}/office/account/everywhere`;
  const site = http.createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<form method="post" action="${target}"><input name="csrf" value="guess"><button>win</button></form><iframe src="${given.url}/office"></iframe>`);
  });
  await new Promise((done) => site.listen(0, "127.0.0.1", done));
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${site.address().port}/`);
  await other.waitForTimeout(300);
  const framed = other.frames().find((frame) => frame !== other.mainFrame());
  assert.ok(!(await framed.content()).includes("office/inbox"), "the office was put into a frame");
  await other.click("button");
  assert.equal(new URL(other.url()).origin, given.url);
  await other.close();
  site.close();
  await clerk.go("/office");

  // A session that somebody chose beforehand is not taken over.
  const fixed = await come();
  await fixed.context.addCookies([{ name: "minqing_session", value: "A".repeat(43), url: given.url }]);
  await fixed.signIn(given.clerk);
  const session = (await fixed.context.cookies()).find((cookie) => cookie.name === "minqing_session");
  assert.notEqual(session.value, "A".repeat(43));
  // Nobody is led away after signing in, wherever the address says.
  await fixed.go("/office/sign-in?next=https://example.org&return=//example.org");
  assert.equal(new URL(fixed.page.url()).origin, given.url);
  await fixed.leave();
  await clerk.leave();
});
