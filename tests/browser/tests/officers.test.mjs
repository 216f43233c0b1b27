import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { HAS_SILO, seriousViolations, useBrowser } from './browser.mjs';

const shared = useBrowser();
const city = () => `#/${shared.city}`;
/** The fixture serves no policies and no records: without a silo there is nothing to test here. */
const options = { skip: HAS_SILO ? false : 'needs a silo with the sample city: set QUARTIER_URL and QUARTIER_KEY' };
const OFFICER = 'officers-officer';
const APPROVER = 'officers-approver';

before(async () => {
  if (!HAS_SILO) {
    return;
  }
  await shared.api('persons', 'POST', { id: OFFICER, name: OFFICER, roles: ['data-protection-officer'], offices: [] });
  await shared.api('persons', 'POST', { id: APPROVER, name: APPROVER, roles: ['approver'], offices: [] });
});

/** The file of Mitte's policy in force, with a comment that makes it another text. */
async function fileOfMitte(comment) {
  const versions = await shared.api(`cities/${shared.city}/policies?district=mitte`);
  const inForce = versions.find((version) => version.standing === 'in-force');
  return `${await shared.api(`cities/${shared.city}/policies/${inForce.version}?district=mitte`)}\n# ${comment} ${new Date().toISOString()}\n`;
}

const upload = (name, text) => ({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
const titled = (page, name) => page.getByRole('heading', { level: 2, name });

test('a policy is proposed by its file, after its effect was shown, and withdrawn by its proposer', options, async () => {
  const page = await shared.open(`${city()}/policies`);
  const form = page.locator('section', { has: page.locator('#propose-title') });
  assert.ok(await form.getByRole('button', { name: 'Fassung vorschlagen' }).isDisabled(), 'nothing is proposed without a file');
  await form.getByLabel('Datei').setInputFiles(upload('mitte.yaml', await fileOfMitte('browser')));
  await form.getByRole('button', { name: 'Auswirkung zeigen' }).click();
  await form.getByText('Es würde sich nichts ändern.').waitFor();
  await form.getByRole('button', { name: 'Fassung vorschlagen' }).click();
  await titled(page, /vorgeschlagen/).waitFor();
  const [version] = (await shared.api(`cities/${shared.city}/policies?district=mitte`)).filter((other) => other.standing === 'proposed');
  assert.equal(version.proposedBy, 'person:administrator');

  await page.getByRole('button', { name: 'Zurückziehen' }).click();
  await page.getByRole('button', { name: 'Ja' }).click();
  await titled(page, /zurückgezogen/).waitFor();
  assert.deepEqual(page.seen.foreign, []);
  await page.context().close();
});

test('a file with a mistake is answered with line and column, and nothing is proposed', options, async () => {
  const page = await shared.open(`${city()}/policies`);
  const before = (await shared.api(`cities/${shared.city}/policies`)).length;
  const form = page.locator('section', { has: page.locator('#propose-title') });
  await form.getByLabel('Datei').setInputFiles(upload('broken.yaml', `policy: 1\ncity: ${shared.city}\ndistrict: mitte\nstreams: [unclosed\n`));
  await form.getByRole('button', { name: 'Fassung vorschlagen' }).click();
  await form.locator('.failed').first().waitFor();
  assert.match(await form.textContent(), /\d+:\d+|Zeile \d+|line \d+/i);
  assert.equal((await shared.api(`cities/${shared.city}/policies`)).length, before);
  await page.context().close();
});

test('an approved version is withdrawn before it takes effect, and the page says who may have approved alone', options, async () => {
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const { version } = await shared.api(`cities/${shared.city}/policies?effective=${soon}`, 'POST', await fileOfMitte('scheduled'));
  const place = `${city()}/policies?version=${version.version}&of=mitte`;
  const approver = await shared.open(place, { session: await shared.signIn(APPROVER) });
  await approver.getByRole('button', { name: 'Genehmigen' }).click();
  await approver.getByRole('button', { name: 'Ja' }).click();
  await titled(approver, /beschlossen, noch nicht wirksam/).waitFor();
  // In the version and in the list, which load by themselves: wherever it is shown.
  await approver.getByText('Nicht unabhängig genehmigt.').nth(1).waitFor();
  assert.deepEqual(await seriousViolations(approver), []);
  await approver.context().close();

  const page = await shared.open(place);
  await page.getByRole('button', { name: 'Zurückziehen' }).click();
  await page.getByRole('button', { name: 'Ja' }).click();
  await titled(page, /zurückgezogen/).waitFor();
  await page.getByText(`Vorher genehmigt von person:${APPROVER}.`).waitFor();
  await page.context().close();
});

test('the data-protection officer approves the record of processing as it was read', options, async () => {
  const page = await shared.open(`${city()}/records`, { session: await shared.signIn(OFFICER) });
  // Each record loads by itself, so which of them comes first is chance.
  const processing = page.locator('section[aria-labelledby="record-processing"]');
  await processing.getByRole('button', { name: 'Diesen Stand freigeben' }).click();
  await processing.getByRole('button', { name: 'Ja' }).click();
  await processing.getByText(`person:${OFFICER}`).waitFor();
  const record = await shared.api(`cities/${shared.city}/records/processing`);
  assert.equal(record.approved.by, `person:${OFFICER}`);
  assert.deepEqual(await seriousViolations(page), []);
  assert.deepEqual(page.seen.foreign, []);
  await page.context().close();

  // Whoever may only read it is not offered to approve it.
  const reader = await shared.open(`${city()}/records`);
  await reader.locator('main h2').first().waitFor();
  assert.equal(await reader.getByRole('button', { name: 'Diesen Stand freigeben' }).count(), 0);
  await reader.context().close();
});

test('the installation’s own ledger shows sign-ins and keys to officer and administrator, and nobody by name', options, async () => {
  for (const session of [await shared.signIn(OFFICER), shared.session]) {
    const page = await shared.open(`${city()}/installation`, { session, width: 390 });
    const rows = page.getByRole('table', { name: 'Einträge' }).locator('tbody tr');
    await rows.first().waitFor();
    await page.getByLabel('Art').selectOption('sign-in');
    await page.waitForURL(/kind=sign-in/);
    await page.waitForFunction(() => document.querySelector('main tbody td:nth-child(2)')?.textContent.trim() === 'Anmeldung');
    for (const text of await rows.locator('td:nth-child(2)').allTextContents()) {
      assert.equal(text.trim(), 'Anmeldung');
    }
    assert.doesNotMatch(await page.locator('main').textContent(), /person:/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'nothing is wider than a telephone');
    assert.deepEqual(await seriousViolations(page), []);
    assert.deepEqual(page.seen.foreign, []);
    await page.context().close();
  }

  const open = await shared.open(`${city()}/installation`, { session: await shared.signIn(APPROVER) });
  await open.locator('main').getByText('Diese Seite ist für andere Aufgaben als Ihre.').waitFor();
  assert.equal(await open.getByRole('table').count(), 0, 'an approver sees none of it');
  await open.context().close();
});

test('a page of officers tells the public that it is not theirs, in their language', options, async () => {
  const page = await shared.open(`${city()}/records`, { signedIn: false });
  await page.locator('main').getByText('Diese Seite ist für Zuständige.').waitFor();
  await page.locator('main').getByRole('link', { name: 'Anmelden' }).waitFor();
  assert.equal(await page.locator('main').getByRole('button').count(), 0, 'nothing is offered that would be refused');
  await page.context().close();
});
