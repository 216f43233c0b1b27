// Serves the built page and a synthetic API, for developing the page without a silo: node fixture-server.mjs [port]
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alerts, answer, state, subjectsNow } from './fixture/api.mjs';

const DIST = fileURLToPath(new URL('../../clients/dashboard/dist/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
/** The policy that the silo sends, too: the page must work under it. */
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** One second of real time moves the replay on by five minutes. */
const STEP_MS = 5 * 60_000;
const LONGEST_BODY = 10_000;
/** The link that signs in here, as often as one likes. */
const TOKEN = 'ql_fixture';

function json(response, status, body, type = 'application/json') {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

const problem = (response, status, title, detail, type = 'other') =>
  json(response, status, { type: `urn:quartier:problem:${type}`, title, status, detail }, 'application/problem+json');

async function signIn(request, response) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > LONGEST_BODY) {
      return problem(response, 413, 'Too large', 'Send only {"token": …}.');
    }
  }
  if (JSON.parse(body).token !== TOKEN) {
    return problem(response, 401, 'The credential is wrong', 'The sign-in link is not known here.', 'wrong-credential');
  }
  state.signedIn = true;
  return json(response, 200, answer(['me'], new URLSearchParams()));
}

function signOut(response) {
  state.signedIn = false;
  return json(response, 200, answer(['me'], new URLSearchParams()));
}

function acknowledge(response, id) {
  if (!state.signedIn) {
    return problem(response, 401, 'Somebody must be signed in', 'Sign in.', 'sign-in');
  }
  state.acknowledged.set(id, 'leitstelle');
  const alert = alerts().find((a) => a.id === id);
  return alert ? json(response, 200, alert) : problem(response, 404, 'No such alert', `There is no alert ${id}.`);
}

function file(path, response) {
  const name = normalize(join(DIST, path === '/' ? 'index.html' : path));
  if (!name.startsWith(DIST) || !existsSync(name)) {
    return problem(response, 404, 'No such file', path);
  }
  response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' });
  return createReadStream(name).pipe(response);
}

/** Starts the server; the replay runs until it is closed. */
export async function startFixture(port = 0) {
  const watchers = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const path = url.pathname.split('/').slice(1).map(decodeURIComponent);
    if (path[0] !== 'api') {
      return file(url.pathname, response);
    }
    if (path[3] === 'live') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      watchers.add(response);
      return response.on('close', () => watchers.delete(response));
    }
    if (request.method === 'POST' && path.at(-1) === 'acknowledge') {
      return acknowledge(response, path[6]);
    }
    if (request.method === 'POST') {
      return path[1] === 'sign-in' ? signIn(request, response) : signOut(response);
    }
    if (path[3] === 'books' && !state.signedIn) {
      return problem(response, 401, 'Somebody must be signed in', 'This needs a person with the role operator.', 'sign-in');
    }
    const body = answer(path.slice(1), url.searchParams);
    return body === null ? problem(response, 404, 'Not found', `There is nothing at ${url.pathname}. See docs/api.md.`) : json(response, 200, body);
  });
  const replay = setInterval(() => {
    state.now += STEP_MS;
    const data = JSON.stringify({ subjects: subjectsNow() });
    for (const watcher of watchers) {
      watcher.write(`event: changed\ndata: ${data}\n\n`);
    }
  }, 1_000);
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    token: TOKEN,
    close: () => {
      clearInterval(replay);
      server.closeAllConnections();
      server.close();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startFixture(Number(process.argv[2] ?? 5175));
  console.log(`The page with synthetic data: ${url}`);
}
