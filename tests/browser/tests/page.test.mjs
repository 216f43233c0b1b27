import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HAS_SILO, fewRows, seriousViolations, useBrowser } from './browser.mjs';

const shared = useBrowser();
const city = () => `#/${shared.city}`;

/** An asset with a value, a sensor and its district, as the server knows them. */
async function subject() {
  // The page shows what everybody sees until somebody states a purpose.
  const assets = await shared.api(`cities/${shared.city}/assets?as=public`);
  // One that reports: closed car parks have a state and no free spaces, and so no line to draw.
  const reports = (asset) => !asset.stale && Object.values(asset.values).every((value) => value.value !== null);
  const chosen = assets.find((asset) => asset.location !== null && reports(asset)) ?? assets.find(reports) ?? assets[0];
  const asset = await shared.api(`cities/${shared.city}/assets/${chosen.id}?as=public`);
  const sensor = await shared.api(`cities/${shared.city}/sensors/${asset.sensors[0]}?as=public`);
  return { asset, sensor, key: asset.sensors[0] };
}

/** After so long without what was expected the alert has most likely resolved. Longer than a slow machine takes for a click. */
const RESOLVED_MS = 10_000;

/**
 * Opens a raised alert, reads why, and takes it. In a fast replay an alert may resolve between two clicks: then it is the next one's turn.
 * Returns the alert's id.
 */
async function acknowledgeOne(page) {
  for (let attempt = 1; ; attempt++) {
    const first = page.locator('article.raised').first();
    await first.waitFor();
    const id = await first.getAttribute('data-alert');
    const alert = page.locator(`[data-alert="${id}"]`);
    try {
      // A second click would close it again.
      if (!page.url().includes(`open=${id}`)) {
        await alert.locator('summary').click({ timeout: RESOLVED_MS });
      }
      await page.waitForURL(new RegExp(`open=${id}`), { timeout: RESOLVED_MS });
      await alert.getByText('Messwerte, die entschieden haben').waitFor({ timeout: RESOLVED_MS });
      await alert.getByText(/Fassung \d+/).waitFor({ timeout: RESOLVED_MS });
      await alert.getByRole('button', { name: /Übernehmen/ }).click({ timeout: RESOLVED_MS });
      await alert.waitFor({ state: 'detached' });
      return id;
    } catch (error) {
      if (error.name !== 'TimeoutError' || attempt === 5) throw error;
    }
  }
}

/** The alert in the list of all, which shows the newest: in a fast replay many may have come since it was raised. */
async function foundAmongAll(page, id) {
  const alert = page.locator(`[data-alert="${id}"]`);
  const more = page.getByRole('button', { name: 'Weitere Meldungen laden' });
  await alert.or(more).first().waitFor();
  while ((await alert.count()) === 0) {
    await more.click();
    await alert.or(more).first().waitFor();
  }
  return alert;
}

/** Somebody with every role: sees what any officer sees, the tables of the ledger too. */
async function everybody() {
  await shared.api('persons', 'POST', { id: 'page-all', name: 'page-all', roles: ['administrator', 'operator', 'approver', 'data-protection-officer'], offices: [] });
  return shared.signIn('page-all');
}

/** The pages that say what happens to data. */
const CONTROL = ['data', 'register', 'published', 'ledger', 'policies', 'contracts', 'retention', 'records', 'accounts', 'installation', 'posture'];

async function views() {
  const { asset, key } = await subject();
  return {
    overview: city(),
    district: `${city()}/districts/${asset.district}`,
    asset: `${city()}/assets/${asset.id}`,
    sensor: `${city()}/sensors/${key}?range=7d`,
    'sensor table': `${city()}/sensors/${key}?view=table`,
    alerts: `${city()}/alerts`,
    books: `${city()}/books`,
    ...(HAS_SILO ? Object.fromEntries(CONTROL.map((view) => [view, `${city()}/${view}`])) : {}),
  };
}

/** Waits until nothing says "loading" any more and the map or chart is drawn where one is. */
async function settled(page) {
  await page.waitForFunction(() => !/Wird geladen|Loading …/.test(document.querySelector('main')?.textContent ?? ''));
}

test('the page loads without errors and asks no other host', async () => {
  const page = await shared.open('');
  await page.locator('canvas.maplibregl-canvas').waitFor();
  await page.locator('.mark').first().waitFor();
  await settled(page);
  assert.deepEqual(page.seen.errors, []);
  assert.deepEqual(page.seen.foreign, []);
  assert.ok(page.seen.requests.some((url) => url.includes('/live')), 'the stream of changes is open');
  assert.match(page.url(), new RegExp(`#/${shared.city}$`), 'the only city is shown without asking');
  await page.context().close();
});

test('a person clicks from the list to asset, sensor, chart, alert, explanation, acknowledgement and books', async () => {
  const { asset } = await subject();
  const page = await shared.open(city());
  // Who took an alert is shown to those who read for a purpose, not to everybody.
  await page.locator('.bar select').selectOption('betrieb');
  await page.locator('main a.row', { hasText: asset.name }).first().click();
  await page.getByRole('heading', { level: 1, name: asset.name }).waitFor();
  await page.locator('section', { has: page.locator('#mounted-title') }).locator('li a').first().click();
  await page.locator('#streams-title').waitFor();
  await page.locator('.uplot canvas').waitFor();
  await page.getByLabel('7 Tage', { exact: true }).check();
  await page.waitForURL(/range=7d/);
  await page.getByLabel('Tabelle', { exact: true }).check();
  await page.locator('#history-title ~ .scroll tbody tr, .history tbody tr').first().waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: asset.name }).waitFor();

  await page.getByRole('link', { name: /^Meldungen/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Meldungen' }).waitFor();
  await page.locator('select').filter({ hasText: 'offen' }).selectOption('raised');
  await page.waitForURL(/state=raised/);
  const id = await acknowledgeOne(page);
  await page.locator('select').filter({ hasText: 'offen' }).selectOption('');
  const { principal } = await shared.api('me');
  await (await foundAmongAll(page, id)).getByText(`übernommen von ${principal.split(':')[1]}`).waitFor();

  await page.getByRole('link', { name: 'Bücher', exact: true }).click();
  await page.locator('#equation').waitFor();
  await page.getByText('ausgeglichen').first().waitFor();
  await page.locator('#store-title').waitFor();
  await settled(page);
  assert.deepEqual(page.seen.errors, []);
  assert.deepEqual(page.seen.foreign, []);
  await page.context().close();
});

test('the language follows the browser, can be changed and is remembered', async () => {
  const page = await shared.open(`${city()}/books`, { locale: 'en-GB' });
  await page.getByRole('heading', { level: 1, name: 'Books' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bücher' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Bücher' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  await page.context().close();
});

test('everything on the map is reached by keyboard, and the focus follows', async () => {
  const page = await shared.open(city());
  await page.locator('main a.row').first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.classList.contains('skip')), true, 'the first stop skips to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
  let name = null;
  for (let i = 0; i < 15 && name === null; i++) {
    await page.keyboard.press('Tab');
    name = await page.evaluate(() => (document.activeElement?.matches('a.row') ? document.activeElement.querySelector('strong')?.textContent : null));
  }
  assert.ok(name, 'the first asset of the list is reached');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, 'none', 'the focus is visible');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  const listed = (await shared.api(`cities/${shared.city}/assets`)).length;
  await page.goBack();
  await page.locator('main a.row').first().waitFor();
  assert.equal(await page.locator('main a.row').count(), listed, 'every asset is in the list');
  assert.equal(await page.locator('.mark:not([tabindex="-1"])').count(), 0, 'marks on the map are no second set of tab stops');
  await page.context().close();
});

test('a live change arrives without a reload', async () => {
  const page = await shared.open(city());
  await page.locator('main a.row').first().waitFor();
  await page.evaluate(() => (window.neverReloaded = true));
  const before = await page.locator('main .now').allTextContents();
  await page.waitForFunction(
    (old) => JSON.stringify([...document.querySelectorAll('main .now')].map((e) => e.textContent)) !== old,
    JSON.stringify(before),
    { timeout: 60_000 },
  );
  assert.equal(await page.evaluate(() => window.neverReloaded), true);
  await page.context().close();
});

test('a value of zero, a stale one, a missing one and a withheld one look different', async () => {
  const { key } = await subject();
  const page = await shared.open(`${city()}/sensors/${key}`, {
    prepare: (p) =>
      p.route(new RegExp(`/sensors/${key}(\\?|$)`), async (route) => {
        const body = await (await route.fetch()).json();
        const like = (property, change) => ({ ...body.datastreams[0], property, name: property, quality: [], withheld: null, stale: false, codes: [], ...change });
        const time = body.datastreams[0].time ?? '2026-07-01T00:00:00.000Z';
        body.datastreams = [
          like('zero', { value: 0, time }),
          like('stale', { value: 7, time: '2026-06-01T00:00:00.000Z', stale: true }),
          like('missing', { value: null, time: null }),
          like('withheld', { value: null, time: null, withheld: 'only for the city’s own offices' }),
        ];
        await route.fulfill({ json: body });
      }),
  });
  const values = page.locator('#streams-title ~ ul .value.large');
  await values.first().waitFor();
  assert.deepEqual(await values.evaluateAll((all) => all.map((value) => value.dataset.look)), ['value', 'stale', 'missing', 'withheld']);
  const texts = await values.allTextContents();
  assert.match(texts[0], /^\s*0/);
  assert.match(texts[1], /7.*veraltet, vor/s);
  assert.match(texts[2], /keine Daten/);
  assert.match(texts[3], /nicht öffentlich/);
  assert.doesNotMatch(texts[2] + texts[3], /0/, 'what is not there is never zero');
  const looks = await values.evaluateAll((all) =>
    all.map((value) => {
      const inner = value.querySelector('.figure, .words');
      const { fontStyle, backgroundImage, textDecorationLine } = getComputedStyle(inner);
      return [fontStyle, backgroundImage === 'none' ? 'plain' : 'hatched', textDecorationLine, value.querySelector('svg') !== null].join();
    }),
  );
  assert.equal(new Set(looks).size, 4, `shapes differ without colour: ${looks.join(' | ')}`);
  await page.context().close();
});

test('a gap in the history is hatched and named, not drawn as zero', async () => {
  const { key } = await subject();
  const page = await shared.open(`${city()}/sensors/${key}`, {
    prepare: (p) =>
      p.route('**/readings?*', async (route) => {
        const from = Date.parse(new URL(route.request().url()).searchParams.get('from'));
        const items = Array.from({ length: 96 }, (_, i) => ({ time: new Date(from + i * 900_000).toISOString(), value: 40 + i, quality: i === 10 ? ['step'] : [] })).filter((_, i) => i < 30 || i > 60);
        await route.fulfill({ json: { unit: '1', items, next: null } });
      }),
  });
  const chart = page.getByRole('img', { name: /Diagramm von/ });
  await chart.waitFor();
  assert.match(await chart.getAttribute('aria-label'), /65 Punkte, kleinster Wert 40[^,]*, größter Wert 135[^,]*, 1 Lücken/);
  await page.getByText('Lücke: keine Daten').waitFor();
  await page.getByText('auffälliger Wert').first().waitFor();
  await page.context().close();
});

test('books that do not balance are shown as an incident', async () => {
  const page = await shared.open(`${city()}/books`, {
    prepare: (p) =>
      p.route('**/books', async (route) => {
        const body = await (await route.fetch()).json();
        await route.fulfill({ json: { ...body, received: body.received + 3, balanced: false } });
      }),
  });
  await page.getByText(/Vorfall: Die Bücher gehen nicht auf/).waitFor();
  await page.getByText(/Es fehlen 3 Messwerte/).waitFor();
  await page.context().close();
});

test('an unreachable server is said, keeps the last state, and a retry brings it back', async () => {
  const page = await shared.open(city());
  await page.locator('main a.row').first().waitFor();
  // With the next change the page would read again by itself, and the button be gone before it is pressed: nobody answers before it is.
  await page.evaluate(() => addEventListener('click', (event) => (window.hasRetried ||= event.target.textContent === 'Erneut versuchen'), { capture: true }));
  await page.route('**/api/**', async (route) => ((await page.evaluate(() => window.hasRetried === true)) ? route.continue() : route.abort()));
  await page.getByText('Der Server ist nicht erreichbar. Gezeigt wird der letzte bekannte Stand.').waitFor({ timeout: 60_000 });
  assert.ok((await page.locator('main a.row').count()) > 0, 'the last known state stays');
  await page.getByRole('button', { name: 'Erneut versuchen' }).first().click();
  await page.getByText('Der Server ist nicht erreichbar. Gezeigt wird der letzte bekannte Stand.').waitFor({ state: 'detached' });
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().close();
});

test('an address that does not exist says so', async () => {
  const page = await shared.open(city());
  for (const hash of [`${city()}/assets/gibt-es-nicht`, `${city()}/sensors/x/y`, `${city()}/districts/nirgends`, `${city()}/unsinn`, '#/atlantis']) {
    await page.goto(shared.base + hash);
    await page.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor();
    await page.goto(shared.base + city());
    await page.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor({ state: 'detached' });
  }
  await page.context().close();
});

test('without WebGL the list does the work of the map', async () => {
  const page = await shared.open(city(), {
    prepare: (p) => p.addInitScript(() => { HTMLCanvasElement.prototype.getContext = () => null; }),
  });
  await page.getByText(/WebGL fehlt/).waitFor();
  await page.locator('main a.row').first().waitFor();
  assert.deepEqual(page.seen.errors, []);
  await page.context().close();
});

test('no view is wider than the screen, and axe finds nothing serious on any, light and dark', async (t) => {
  const session = HAS_SILO ? await everybody() : undefined;
  for (const [name, hash] of Object.entries(await views())) {
    await t.test(name, async () => {
      const page = await shared.open(hash, { session });
      await settled(page);
      for (const width of [360, 768, 820, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForFunction((wanted) => innerWidth === wanted, width);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(beyond <= 0, `${beyond} pixels too wide at ${width}`);
      }
      // A figure that is cut off reads as another figure. Narrow screens scroll; here there is room.
      const cut = await page.locator('.scroll[aria-labelledby="live-title"]').evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
      assert.ok(cut.every((pixels) => pixels <= 0), `the table of the last hour is cut by ${cut} pixels`);
      await fewRows(page);
      assert.deepEqual(await seriousViolations(page), [], 'light');
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await seriousViolations(page, ['color-contrast']), [], 'dark');
      await page.context().close();
    });
  }
});

test('somebody signs in by a link, sees who they are, and signs out', async () => {
  const page = await shared.open(await shared.link(), { signedIn: false, locale: 'en-GB' });
  await page.waitForURL(/#\/(?!sign-in)/);
  assert.ok(!page.url().includes('ql_'), 'the secret has left the address');
  const me = await page.evaluate(async () => (await fetch('api/me')).json());
  await page.locator('header').getByText(me.name, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('header').getByRole('link', { name: 'Sign in' }).waitFor();
  assert.equal(await page.evaluate(async () => (await (await fetch('api/me')).json()).credential), 'none');
  await page.goto(`${shared.base}${city()}/books`);
  await page.locator('main').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto(`${shared.base}${city()}/alerts?state=raised`);
  await page.locator('article.raised').first().getByText('Sign in to take alerts').waitFor();
  await page.goto(`${shared.base}#/sign-in/ql_wrong`);
  await page.getByText('Signing in did not succeed.').waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  assert.deepEqual(page.seen.foreign, []);
  await page.context().close();
});
