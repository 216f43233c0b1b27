// Drives the endpoint with MQTT.js; prints what it saw. Arguments: port, protocol (311 or 5), what to do (exchange, retained, will or publish);
// then, if not over plain TCP: scheme (ws, wss, mqtts), file of the server's authority, user name, password.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import mqtt from "mqtt";

const [port, version, scenario, scheme = "mqtt", authority, username, password] = process.argv.slice(2);
const isFive = version === "5";
const clients = [];

const hung = setTimeout(() => {
  console.error(`MQTT.js ${version} ${scenario}: nothing for 30 s`);
  process.exit(1);
}, 30_000);

async function connect(name, options = {}) {
  const overWebSocket = scheme.startsWith("ws");
  const client = await mqtt.connectAsync(`${scheme}://127.0.0.1:${port}${overWebSocket ? "/mqtt" : ""}`, {
    ...(authority ? { ca: [readFileSync(authority)] } : {}),
    ...(username ? { username, password } : {}),
    protocolVersion: isFive ? 5 : 4,
    clientId: `mqttjs-${name}`,
    reconnectPeriod: 0,
    ...options,
  });
  clients.push(client);
  return client;
}

// collect CLIENT COUNT: the next messages, as topic, payload, quality of service, retained and, in 5, user properties.
function collect(client, count) {
  const seen = [];
  return new Promise((resolve) => {
    client.on("message", (topic, payload, packet) => {
      const user = packet.properties?.userProperties;
      seen.push(`${topic} ${payload} ${packet.qos} ${packet.retain ? "retained" : "live"}${user ? ` ${JSON.stringify(user)}` : ""}`);
      if (seen.length === count) {
        resolve(seen);
      }
    });
  });
}

const scenarios = {
  async exchange() {
    const subscriber = await connect("subscriber");
    const messages = collect(subscriber, 3);
    const granted = await subscriber.subscribeAsync("v1/+/mqttjs", { qos: 2 });
    console.log("granted", granted.map((g) => g.qos).join(" "));
    const publisher = await connect("publisher");
    for (const qos of [0, 1, 2]) {
      const properties = isFive ? { userProperties: { qos: `${qos}` } } : undefined;
      await publisher.publishAsync("v1/a/mqttjs", `m${qos}`, { qos, properties });
    }
    (await messages).forEach((message) => console.log(message));
    await subscriber.unsubscribeAsync("v1/+/mqttjs");
  },

  async publish() {
    const publisher = await connect("publisher");
    await publisher.publishAsync("v1/town/g/s", '{"v":1}', { qos: 1 });
    console.log("published");
  },

  async retained() {
    const publisher = await connect("publisher");
    await publisher.publishAsync("state/door", "open", { qos: 1, retain: true });
    const subscriber = await connect("subscriber");
    const messages = collect(subscriber, 2);
    await subscriber.subscribeAsync("state/#", { qos: 1 });
    await publisher.publishAsync("state/door", "shut", { qos: 1, retain: true });
    (await messages).forEach((message) => console.log(message));
    // An empty message removes what was retained [MQTT-3.3.1-6]: whoever comes later sees only what comes later.
    await publisher.publishAsync("state/door", "", { qos: 1, retain: true });
    const late = await connect("late");
    const rest = collect(late, 1);
    await late.subscribeAsync("state/#", { qos: 1 });
    await publisher.publishAsync("state/window", "shut", { qos: 1 });
    (await rest).forEach((message) => console.log(message));
  },

  async will() {
    const watcher = await connect("watcher");
    const messages = collect(watcher, 1);
    await watcher.subscribeAsync("will/#", { qos: 1 });
    const polite = await connect("polite", { will: { topic: "will/polite", payload: Buffer.from("never seen"), qos: 1 } });
    await polite.endAsync();
    const dying = await connect("dying", { will: { topic: "will/dying", payload: Buffer.from("gone"), qos: 1 } });
    const closed = once(dying, "close");
    dying.stream.destroy();
    await closed;
    (await messages).forEach((message) => console.log(message));
  },
};

assert.ok(scenarios[scenario], `unknown: ${scenario}`);
await scenarios[scenario]();
await Promise.all(clients.filter((client) => client.connected).map((client) => client.endAsync()));
clearTimeout(hung);
