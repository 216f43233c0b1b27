// One browser and one base address for all tests: a real silo at QUARTIER_URL, or else the fixture server.
import { execFileSync } from 'node:child_process';
import { after, before } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
];
/** Whether a real silo is asked: the fixture has no policies, no ledger and no accounts. */
export const HAS_SILO = Boolean(process.env.QUARTIER_URL);

/** A slow machine that also runs a replay: how long a step may take before it has failed. */
const STEP_MS = 30_000;

function executable() {
  if (process.env.QUARTIER_CHROMIUM) {
    return process.env.QUARTIER_CHROMIUM;
  }
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch (error) {
      if (error.status === undefined || error.status === null) {
        throw error;
      }
    }
  }
  throw new Error('No Chromium: install Debian’s package chromium, or name the program in QUARTIER_CHROMIUM.');
}

/** Sets up the browser for a test file; the returned object is filled before the first test. */
export function useBrowser() {
  const shared = { browser: null, base: '', city: '', open: null, api: null, link: null, signIn: null };
  let fixture = null;

  before(async () => {
    if (process.env.QUARTIER_URL) {
      shared.base = process.env.QUARTIER_URL.replace(/\/?$/, '/');
    } else {
      const { startFixture } = await import('../fixture-server.mjs');
      fixture = await startFixture();
      shared.base = fixture.url;
    }
    const headers = process.env.QUARTIER_KEY ? { authorization: `Bearer ${process.env.QUARTIER_KEY}` } : {};
    shared.api = async (path, method = 'GET', body = undefined) => {
      const sent = typeof body === 'string' ? { type: 'application/yaml', text: body } : { type: 'application/json', text: JSON.stringify(body) };
      const content = body === undefined ? {} : { 'content-type': sent.type };
      const answer = await fetch(`${shared.base}api/${path}`, { method, headers: { ...headers, ...content }, body: sent.text });
      return answer.headers.get('content-type')?.includes('json') ? answer.json() : answer.text();
    };
    shared.link = async (person = 'administrator') =>
      fixture ? `#/sign-in/${fixture.token}` : new URL((await shared.api(`persons/${person}/sign-in-link`, 'POST')).link).hash;
    shared.signIn = (person) => session(shared, person);
    shared.session = fixture ? null : await session(shared, 'administrator');
    shared.city = (await shared.api('cities'))[0].id;
    shared.browser = await chromium.launch({ executablePath: executable(), args: FLAGS });
    shared.open = (hash, options) => openPage(shared, hash, options);
  });

  after(async () => {
    await shared.browser?.close();
    fixture?.close();
  });
  return shared;
}

/** The cookie of somebody who is signed in, for the pages that are not about signing in. */
async function session(shared, person) {
  const token = (await shared.link(person)).split('/').at(-1);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${shared.base}api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  const [name, value] = answer.headers.getSetCookie()[0].split(';')[0].split('=');
  return { name, value, url: shared.base };
}

/** A page in a context of its own. `page.seen` collects what no page may do: errors and requests to other hosts. */
async function openPage(shared, hash, { width = 1440, height = 900, locale = 'de-DE', colorScheme = 'light', prepare, signedIn = true, session = shared.session } = {}) {
  const context = await shared.browser.newContext({ viewport: { width, height }, locale, colorScheme, reducedMotion: 'reduce' });
  context.setDefaultTimeout(STEP_MS);
  if (signedIn && session) {
    await context.addCookies([session]);
  }
  const page = await context.newPage();
  page.seen = { errors: [], foreign: [], requests: [] };
  page.on('console', (message) => message.type() === 'error' && page.seen.errors.push(message.text()));
  page.on('pageerror', (error) => page.seen.errors.push(String(error)));
  page.on('request', (request) => {
    page.seen.requests.push(request.url());
    if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(shared.base)) {
      page.seen.foreign.push(request.url());
    }
  });
  await prepare?.(page);
  await page.goto(`${shared.base}${hash}`);
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  return page;
}

/** Takes the rows beyond the first twenty out of every table and list: they are alike, and axe looks at each. */
export async function fewRows(page) {
  await page.evaluate(() => {
    for (const list of document.querySelectorAll('tbody, ul, ol, dl')) {
      [...list.children].slice(20).forEach((row) => row.remove());
    }
  });
}

/** What axe finds serious or critical, as readable lines; by all rules, or by those named. No page has frames, and only what is wrong has to be described. */
export async function seriousViolations(page, rules) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe.source);
  }
  const { violations } = await page.evaluate((chosen) => globalThis.axe.run(document, { resultTypes: ['violations'], ...chosen }), rules ? { runOnly: rules } : {});
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} – ${node.failureSummary}`));
}
