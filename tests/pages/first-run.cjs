// From an empty database to the first phone, in the five steps that the page counts.
const { story, assert } = require("./browser.cjs");

story(async (come, given) => {
  const who = await come();
  const { page } = who;
  // 1: the server runs and has printed an address.
  await page.goto(given.first_run);
  await who.look("first-where");
  // 2: which community.
  await page.fill("#q", "畅家");
  await page.click("button[type=submit]");
  await who.look("first-found");
  await page.click("text=畅家巷社区");
  // 3: who.
  await page.fill("#grids", "2");
  await page.fill("#name", "马春兰");
  await page.fill("#new", "correct horse battery");
  await page.fill("#again", "correct horse");
  await page.click("button.go");
  who.allow(422);
  assert.match(await page.textContent(".error"), /new_password\.differs/);
  await who.look("first-who-refused");
  await page.fill("#new", "correct horse battery");
  await page.fill("#again", "correct horse battery");
  await page.click("button.go");
  // 4: the first officer.
  assert.equal(new URL(page.url()).pathname, "/office/enrol");
  assert.match(await page.textContent(".stations [aria-current=step]"), /^4/);
  await who.look("first-officer");
  await page.fill("#name", "马志强");
  await page.check("input[value='001']");
  await page.click("form[action='/office/enrol/officer'] button");
  // 5: the phone.
  await page.click("form[action='/office/enrol'] button");
  assert.match(await page.textContent(".stations [aria-current=step]"), /^5/);
  await who.look("first-code");
  const code = (await page.textContent("output.code")).trim();
  console.log(JSON.stringify({ code }));
  await page.waitForSelector("#arrived b");
  assert.match(await page.textContent("#arrived"), /马志强/);
  await who.look("first-arrived");
  await page.click("#arrived a");
  assert.equal(new URL(page.url()).pathname, "/office");
  await who.look("today-first");
  await who.leave();

  // Whoever finds the address later is asked to sign in.
  const late = await come();
  await late.page.goto(given.first_run);
  assert.equal(new URL(late.page.url()).pathname, "/office/sign-in");
  await late.look("sign-in");
  await late.leave();
});
