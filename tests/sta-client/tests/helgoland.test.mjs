// @helgoland/core, a client of somebody else, against the sample city: QUARTIER_URL names the server.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { firstValueFrom } from 'rxjs';
import { connector } from '../angular.mjs';

const url = `${process.env.QUARTIER_URL?.replace(/\/$/, '')}/v1.1/`;
const day = 86_400_000;

/** A demo has just begun to measure when the tests begin: how long the first readings may take. */
const patience = 120_000;
const pause = 250;
let client;

before(async () => {
  assert.ok(process.env.QUARTIER_URL, 'QUARTIER_URL is not set');
  client = await connector();
});

const ask = (answer) => firstValueFrom(answer);

const isSingle = (observation) => typeof observation?.phenomenonTime === 'string' && !observation.phenomenonTime.includes('/');

/** The first Datastream that fits and of which the client reads single readings; waits until there are some. */
async function measured(reader, filter) {
  for (const end = Date.now() + patience; ; await new Promise((resolve) => setTimeout(resolve, pause))) {
    const { value } = await ask(
      reader.raw.getDatastreams(url, { $filter: filter, $expand: 'Observations($top=1)', $top: 1000 }),
    );
    const open = value.find((ds) => isSingle(ds.Observations?.[0]));
    if (open) {
      return open;
    }
    assert.ok(Date.now() < end, `${filter}: ${value.length} Datastreams, and after ${patience / 1000} s no single reading of any`);
  }
}

/** A dataset that the public reads as single readings, and that has some. */
async function dataset() {
  const open = await measured(client, "properties/class eq 'public'");
  return ask(client.sta.getDataset({ id: `${open['@iot.id']}`, url }, { type: client.helgoland.DatasetType.Timeseries }));
}

test('it recognises the service by its root', async () => {
  assert.equal(await ask(client.sta.canHandle(url)), true);
});

test('it lists platforms, phenomena, procedures, offerings and features over all pages', async () => {
  const filter = { type: client.helgoland.DatasetType.Timeseries };
  const platforms = await ask(client.sta.getPlatforms(url, filter));
  const { value } = await ask(client.raw.getLocations(url, { $count: true, $top: 1 }));
  assert.equal(value.length, 1);
  assert.ok(platforms.length > 10);
  assert.equal(new Set(platforms.map((p) => p.id)).size, platforms.length);
  for (const list of ['getPhenomena', 'getCategories', 'getProcedures', 'getOfferings', 'getFeatures', 'getDatasets']) {
    assert.ok((await ask(client.sta[list](url, filter))).length > 0, list);
  }
});

test('it finds by phenomenon, with ids in quotes as it writes them', async () => {
  const filter = { type: client.helgoland.DatasetType.Timeseries };
  const [phenomenon] = await ask(client.sta.getPhenomena(url, filter));
  const found = await ask(client.sta.getDatasets(url, { ...filter, phenomenon: phenomenon.id }));
  assert.ok(found.length > 0);
  const all = await ask(client.sta.getDatasets(url, filter));
  assert.ok(found.length < all.length);
  const [platform] = await ask(client.sta.getPlatforms(url, { ...filter, phenomenon: phenomenon.id }));
  const whole = await ask(client.sta.getPlatform(platform.id, url, { ...filter, phenomenon: phenomenon.id }));
  assert.ok(whole.datasetIds.length > 0);
});

test('it reads a dataset with its first and last value, and its data over all pages', async () => {
  const series = await dataset();
  assert.ok(series.firstValue && series.lastValue, 'first and last value');
  assert.ok(series.lastValue.timestamp >= series.firstValue.timestamp);
  assert.ok(series.uom.length > 0);
  const span = new client.helgoland.Timespan(series.lastValue.timestamp - 7 * day, series.lastValue.timestamp);
  const data = await ask(client.sta.getDatasetData(series, span, {}));
  assert.ok(data.values.length > 0);
  const times = data.values.map(([time]) => time);
  assert.deepEqual(times, [...times].sort((a, b) => a - b));
  assert.ok(times.every((time) => time >= span.from && time <= span.to));
  assert.equal(new Set(times).size, times.length);
});

test('what the public may not read stays empty for it as well', async () => {
  const { value } = await ask(client.raw.getDatastreams(url, { $filter: "properties/class eq 'internal'", $expand: 'Observations($top=1)', $top: 5 }));
  assert.ok(value.length > 0);
  assert.ok(value.every((ds) => ds.Observations.length === 0));
});

test('with a key it reads, for a purpose, what the public may not, and for none it does not', async (t) => {
  if (!process.env.QUARTIER_KEY) {
    t.skip('QUARTIER_KEY is not set');
    return;
  }

  const key = { Authorization: `Bearer ${process.env.QUARTIER_KEY}` };
  const [official, purposeless] = [await connector({ ...key, 'Quartier-Purpose': 'betrieb' }), await connector(key)];
  const all = { $expand: 'Observations($top=1)', $top: 1000 };
  let hidden;
  for (const end = Date.now() + patience; !hidden; await new Promise((resolve) => setTimeout(resolve, pause))) {
    // In this order: what the public sees only later, because it was first measured meanwhile, is not hidden.
    const known = (await ask(official.raw.getDatastreams(url, all))).value.filter((ds) => isSingle(ds.Observations[0]));
    const open = new Set((await ask(client.raw.getDatastreams(url, all))).value.filter((ds) => ds.Observations.length > 0).map((ds) => ds['@iot.id']));
    hidden = known.find((ds) => !open.has(ds['@iot.id']));
    assert.ok(hidden || Date.now() < end, `after ${patience / 1000} s the key reads nothing that the public does not`);
  }

  const series = await ask(official.sta.getDataset({ id: `${hidden['@iot.id']}`, url }, { type: official.helgoland.DatasetType.Timeseries }));
  const span = new official.helgoland.Timespan(series.lastValue.timestamp - day, series.lastValue.timestamp);
  assert.ok((await ask(official.sta.getDatasetData(series, span, {}))).values.length > 0);
  for (const other of [client, purposeless]) {
    const { value } = await ask(other.raw.getDatastreams(url, { $filter: `id eq ${hidden['@iot.id']}`, $expand: 'Observations($top=1)' }));
    assert.deepEqual(value.map((ds) => ds.Observations.length), [0]);
    const found = await ask(other.raw.getDatastreams(url, { $filter: `id eq ${hidden['@iot.id']} and Observations/phenomenonTime ge 2000-01-01T00:00:00Z` }));
    assert.equal(found.value.length, 0);
  }

  const found = await ask(official.raw.getDatastreams(url, { $filter: `id eq ${hidden['@iot.id']} and Observations/phenomenonTime ge 2000-01-01T00:00:00Z` }));
  assert.equal(found.value.length, 1);
});
