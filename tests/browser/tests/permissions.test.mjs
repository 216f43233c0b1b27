import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { HAS_SILO, seriousViolations, useBrowser } from './browser.mjs';

const shared = useBrowser();
const city = () => `#/${shared.city}`;
/** The fixture serves no policies: without a silo there is nothing to test here. */
const options = { skip: HAS_SILO ? false : 'needs a silo with the sample city: set QUARTIER_URL and QUARTIER_KEY' };
/** People of these tests, each with one role. */
const PEOPLE = { officer: ['browser-officer', 'data-protection-officer'], approver: ['browser-approver', 'approver'] };

before(async () => {
  if (!HAS_SILO) {
    return;
  }
  for (const [id, role] of Object.values(PEOPLE)) {
    await shared.api('persons', 'POST', { id, name: id, roles: [role], offices: [] });
  }
});

/** A datastream that the public may not read and the operators may, with a value. */
async function internalStream() {
  const purpose = 'purpose=betrieb&limit=1000';
  const all = (await shared.api(`cities/${shared.city}/sensors?${purpose}`)).items;
  const open = (await shared.api(`cities/${shared.city}/sensors?as=public&limit=1000`)).items;
  for (const sensor of all) {
    const seen = open.find((other) => other.gateway === sensor.gateway && other.id === sensor.id);
    for (const stream of sensor.datastreams) {
      const hidden = seen?.datastreams.find((other) => other.property === stream.property)?.withheld;
      if (hidden && stream.value !== null && stream.withheld === null) {
        return { key: `${sensor.gateway}/${sensor.id}`, property: stream.property, name: stream.name };
      }
    }
  }
  throw new Error('The sample city has no datastream that is withheld from the public and has a value yet.');
}

const cardOf = (page, name) => page.locator('#streams-title ~ ul > li').filter({ hasText: name }).first();

/** Which texts the page got for the datastream; the page has them before they are here. */
function answersAbout(page, key) {
  const answers = [];
  page.on('response', (response) => {
    if (response.url().includes(`/sensors/${key}`) && response.headers()['content-type']?.includes('json')) {
      answers.push(response.json());
    }
  });
  return answers;
}

test('the public sees no internal value, and why', options, async () => {
  const { key, property, name } = await internalStream();
  let answers = [];
  const page = await shared.open(`${city()}/sensors/${key}?property=${property}`, { signedIn: false, prepare: (p) => (answers = answersAbout(p, key)) });
  const card = cardOf(page, name);
  await card.locator('[data-look="withheld"]').waitFor();
  assert.ok((await card.locator('.withheld').last().textContent()).length > 20, 'the reason stands there, not in a tooltip alone');
  await page.getByText('Der Verlauf ist nicht öffentlich.').waitFor();
  assert.equal(await page.locator('.uplot').count(), 0);
  const about = (await Promise.all(answers)).filter((answer) => answer.datastreams).flatMap((answer) => answer.datastreams.filter((s) => s.property === property));
  assert.ok(about.length > 0);
  for (const stream of about) {
    assert.deepEqual([stream.value, stream.minute, stream.hour, stream.day], [null, null, null, null], 'the value never leaves the server');
  }
  const direct = await fetch(`${shared.base}api/cities/${shared.city}/sensors/${key}/${property}/readings`);
  assert.equal(direct.status, 403);
  await page.context().close();
});

test('a decision is explained with reason and remedy, one click from the value', options, async () => {
  const { key, property, name } = await internalStream();
  const page = await shared.open(`${city()}/sensors/${key}?property=${property}`, { signedIn: false });
  await cardOf(page, name).getByRole('button', { name: /Warum wird das hier gemessen/ }).click();
  const dialog = page.getByRole('dialog');
  for (const text of ['Betreiber', 'Rechtsgrundlage', 'Aufbewahrung', 'Was wird erhoben?', 'Was geschieht damit?', 'Wer hat Zugang?', 'Wird es weitergegeben?', 'Was Sie tun können']) {
    await dialog.getByText(text).first().waitFor();
  }
  await dialog.getByText('Nicht erlaubt.').waitFor();
  await dialog.getByText('Wie das entschieden wurde').click();
  assert.ok((await dialog.locator('ol li').count()) >= 3, 'every step is named');
  await dialog.getByText(/Es gilt der Eintrag/).waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /Warum wird das hier gemessen/, 'the focus returns');
  await page.keyboard.press('Enter');
  await dialog.getByRole('link', { name: 'Die ganze Richtlinie ansehen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Richtlinien' }).waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('a denied read says reason and remedy, never an empty table', options, async () => {
  const page = await shared.open(`${city()}/published?stream=${encodeURIComponent('parkhaus/free')}`);
  await page.locator('.bar').getByLabel('Zweck').selectOption('forschung');
  const denial = page.locator('[data-reason]');
  await denial.getByText('Nicht erlaubt: ').waitFor();
  await denial.getByText('Was Sie tun können').waitFor();
  assert.equal(await page.locator('#cells-title ~ .scroll').count(), 0);
  await page.context().close();
});

test('a person chooses a purpose, which goes with every read and ends with the session', options, async () => {
  const { key, property, name } = await internalStream();
  const page = await shared.open(`${city()}/sensors/${key}?property=${property}`, { session: await shared.signIn('administrator') });
  await page.getByText('Sie sehen, was alle sehen.').waitFor();
  await cardOf(page, name).locator('[data-look="withheld"]').waitFor();
  const reads = [];
  page.on('request', (request) => reads.push([request.url(), request.headers()['quartier-purpose']]));
  await page.locator('.bar').getByLabel('Zweck').selectOption('betrieb');
  await cardOf(page, name).locator('[data-look="value"], [data-look="stale"]').waitFor();
  await page.getByText('Sie sehen, was alle sehen.').waitFor({ state: 'detached' });
  // What was under way when the purpose was chosen still asks as everybody.
  const ofSensor = reads.filter(([url]) => url.includes(`/sensors/${key}`));
  const stated = ofSensor.slice(Math.max(0, ofSensor.findIndex(([, purpose]) => purpose !== undefined)));
  assert.ok(stated.length > 0 && stated.every(([url, purpose]) => purpose === 'betrieb' && !url.includes('as=public')), JSON.stringify(stated));
  assert.ok(reads.some(([url]) => /\/live\?.*purpose=betrieb/.test(url)), 'the stream of changes states it too');
  await page.reload();
  await cardOf(page, name).locator('[data-look="value"], [data-look="stale"]').waitFor();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.locator('header').getByRole('link', { name: 'Anmelden' }).waitFor();
  await cardOf(page, name).locator('[data-look="withheld"]').waitFor();
  assert.equal(await page.evaluate(() => Object.keys(sessionStorage).some((name) => name.startsWith('quartier.purpose'))), false);
  await page.context().close();
});

test('a live line that the server ends says why', options, async () => {
  const page = await shared.open(city(), {
    signedIn: false,
    prepare: (p) =>
      p.route('**/live?*', (route) => {
        const end = { reason: 'grant-expired', stream: null, purpose: null, detail: { de: 'Die Freigabe ist abgelaufen.', en: 'The grant has expired.' } };
        return route.fulfill({ contentType: 'text/event-stream', body: `event: ended\ndata: ${JSON.stringify(end)}\n\n` });
      }),
  });
  const banner = page.locator('[data-ended="grant-expired"]');
  await banner.getByText('Die Freigabe ist abgelaufen.').waitFor();
  await page.unroute('**/live?*');
  await banner.getByRole('button', { name: 'Neu verbinden' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.context().close();
});

test('a policy is proposed by one person and approved by another', options, async () => {
  const versions = await shared.api(`cities/${shared.city}/policies?district=hiltrup`);
  const inForce = versions.find((version) => version.standing === 'in-force');
  const yaml = await shared.api(`cities/${shared.city}/policies/${inForce.version}?district=hiltrup`);
  const limit = 1_000 + inForce.version;
  const changed = `${yaml.replace(/rowLimit: 1\d{3}\b/, `rowLimit: ${limit}`)}\n# ${new Date().toISOString()}\n`.replace(/(retention: \{raw: P)\d+[YD](, day: P5Y\})/, `$1${600 - inForce.version}D$2`);
  const { version } = await shared.api(`cities/${shared.city}/policies`, 'POST', changed);
  const place = `${city()}/policies?version=${version.version}&of=hiltrup`;

  const proposer = await shared.open(place);
  await proposer.getByText('genehmigen muss es eine zweite Person').waitFor();
  assert.equal(await proposer.getByRole('button', { name: 'Genehmigen' }).count(), 0);
  await proposer.context().close();

  const page = await shared.open(place, { session: await shared.signIn(PEOPLE.approver[0]) });
  await page.getByRole('heading', { name: 'Was kürzer aufbewahrt wird' }).waitFor();
  await page.getByRole('button', { name: 'Genehmigen' }).click();
  await page.getByRole('button', { name: 'Ja' }).click();
  await page.getByRole('heading', { level: 2, name: /in Kraft/ }).first().waitFor();
  const now = await shared.api(`cities/${shared.city}/policies?district=hiltrup`);
  const approved = now.find((other) => other.version === version.version);
  assert.deepEqual([approved.standing, approved.decidedBy], ['in-force', `person:${PEOPLE.approver[0]}`]);
  assert.deepEqual(page.seen.foreign, []);
  await page.context().close();
});

test('the ledger counts for everybody and lists for the data-protection officer', options, async () => {
  const open = await shared.open(`${city()}/ledger`, { signedIn: false });
  await open.getByRole('table', { name: /Wie oft wurde/ }).locator('tbody tr').first().waitFor();
  assert.equal(await open.locator('#entries-title').count(), 0, 'single entries are not for everybody');
  assert.doesNotMatch(await open.locator('main').textContent(), /person[:#]/);
  await open.context().close();

  const page = await shared.open(`${city()}/ledger`, { session: await shared.signIn(PEOPLE.officer[0]) });
  await page.locator('select').filter({ hasText: 'Ablehnung' }).selectOption('denial');
  await page.waitForURL(/kind=denial/);
  const rows = page.getByRole('table', { name: 'Einträge' }).locator('tbody tr');
  await rows.first().waitFor();
  for (const text of await rows.locator('td:nth-child(2)').allTextContents()) {
    assert.equal(text.trim(), 'Ablehnung');
  }
  await page.locator('select').filter({ hasText: 'Ablehnung' }).selectOption('inspection');
  await page.waitForURL(/kind=inspection/);
  await page.getByRole('button', { name: 'Wer ist das?' }).first().click();
  await page.getByRole('button', { name: 'Ja' }).first().click();
  await rows.locator('strong').first().waitFor();
  assert.match(await rows.locator('strong').first().textContent(), /^(person:)?[a-z]/);
  assert.deepEqual(page.seen.foreign, []);
  await page.context().close();
});

test('the register lists every datastream, and a key is shown once', options, async () => {
  const register = await shared.open(`${city()}/register`, { signedIn: false, width: 360 });
  const { items } = await (await fetch(`${shared.base}open/cities/${shared.city}/register?limit=1000`)).json();
  await register.getByText(`${items.length} Datenströme`).waitFor();
  await register.getByLabel(/Suchen/).fill('Forschung');
  await register.waitForURL(/q=Forschung/);
  assert.doesNotMatch(await register.locator('main [role="status"]').first().textContent(), new RegExp(`^${items.length} `));
  await register.context().close();

  const page = await shared.open(`${city()}/accounts`);
  await page.getByText('Schlüssel erstellen').first().click();
  await page.getByLabel('Für wen').selectOption(PEOPLE.approver[0]);
  await page.getByLabel('bis', { exact: true }).fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Schlüssel erstellen' }).click();
  const key = await page.locator('.secret code').textContent();
  assert.match(key, /^qk_/);
  const me = await (await fetch(`${shared.base}api/me`, { headers: { authorization: `Bearer ${key}` } })).json();
  assert.equal(me.principal, `person:${PEOPLE.approver[0]}`);
  await page.getByRole('button', { name: 'Ich habe ihn gesichert' }).click();
  assert.doesNotMatch(await page.content(), new RegExp(key));
  const row = page.getByRole('table', { name: 'Schlüssel' }).locator('tbody tr', { hasText: key.split('_')[1] });
  await row.getByRole('button', { name: 'Widerrufen' }).click();
  await row.getByRole('button', { name: 'Ja' }).click();
  await row.getByText('widerrufen').waitFor();
  assert.equal((await fetch(`${shared.base}api/me`, { headers: { authorization: `Bearer ${key}` } })).status, 401);
  await page.context().close();
});
