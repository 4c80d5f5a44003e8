// A real browser for the stories beside this file. Each story is a program of its own: it reads what it is given as JSON from stdin,
// and its exit code says whether it went as it should.
const { createRequire } = require("node:module");
const fs = require("node:fs");
const path = require("node:path");
const assert = require("node:assert/strict");

const home = process.env.MINQING_BROWSER ?? path.join(__dirname, "../../target/browser");
const need = createRequire(`${home}/`);
const { chromium } = need("playwright-core");
const AXE = fs.readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 780 };

/** Runs a story: `tell` gets a `Visitor` maker and what the test gave. */
async function story(tell) {
  const given = JSON.parse(fs.readFileSync(0, "utf8"));
  const browser = await chromium.launch({ executablePath: process.env.MINQING_CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  try {
    await tell((more) => Visitor.come(browser, given, more), given);
  } catch (wrong) {
    console.error(wrong.stack ?? wrong);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Somebody at a browser of their own. */
class Visitor {
  static async come(browser, given, { scripts = true, size = DESKTOP, lang = "zh-CN", zoom = 1, ...more } = {}) {
    const context = await browser.newContext({ locale: lang, viewport: size, deviceScaleFactor: zoom, javaScriptEnabled: scripts, timezoneId: "Asia/Shanghai", ...more });
    const visitor = new Visitor();
    Object.assign(visitor, { context, given, page: await context.newPage(), wrong: [], allowed: [] });
    // A refusal of the policy, a script that fell, something that was not there: nothing of it may happen unseen.
    visitor.page.on("console", (said) => said.type() === "error" && visitor.wrong.push(said.text()));
    visitor.page.on("pageerror", (e) => visitor.wrong.push(String(e)));
    return visitor;
  }

  /** Opens a page of the server; what status it has is the caller's to say. */
  async go(address, status = 200) {
    const answer = await this.page.goto(new URL(address, this.given.url).href);
    assert.equal(answer.status(), status, `${address} was answered ${answer.status()}: ${(await this.page.textContent("main, body")).trim().slice(0, 200)}`);
    this.allow(status);
    return this.page;
  }

  /** A page that refuses says so to the console, too; perhaps a moment later. */
  allow(status) {
    if (status >= 400) this.allowed.push(`status of ${status}`);
  }

  async signIn({ name, password }) {
    await this.go("/office/sign-in");
    await this.page.fill("#name", name);
    await this.page.fill("#password", password);
    await this.page.click("button.go");
  }

  /** Looks at a page as a person would: on a desk and on a phone, by axe, for what does not fit; leaves a picture of each. */
  async look(name) {
    for (const [as, size] of [["desktop", DESKTOP], ["phone", PHONE]]) {
      await this.fits(name, as, size);
      if (this.given.pictures) await this.page.screenshot({ path: path.join(this.given.pictures, `${name}-${as}.png`), fullPage: true });
    }
    await this.page.setViewportSize(DESKTOP);
    await this.axe(name);
    this.isWell(name);
  }

  /** Nothing is wider than a screen of this size. */
  async fits(name, as, size) {
    // What was clicked may still be on its way, without its style sheet.
    await this.page.waitForLoadState();
    await this.page.setViewportSize(size);
    const over = await this.page.evaluate(tooWide);
    assert.deepEqual(over, [], `${name} is wider than the ${as}`);
  }

  /** No rule of axe-core is broken seriously. */
  async axe(name) {
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    const serious = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
    assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 200)).join(" | ")}`), [], `axe on ${name}`);
  }

  /** Nothing went wrong unseen. */
  isWell(where) {
    const wrong = this.wrong.filter((said) => !this.allowed.some((allowed) => said.includes(allowed)));
    assert.deepEqual(wrong, [], `the browser complained on ${where}`);
  }

  async leave() {
    this.isWell("the last page");
    await this.context.close();
  }
}

/** What makes a page scroll sideways, as `tag.class`. */
function tooWide() {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1).slice(0, 5).map((e) => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 40)}`);
}

module.exports = { story, assert, DESKTOP, PHONE };
