/** The address after `#`: `/{city}/{view}/…?name=value`. */
export interface Route {
  /** Path segments, decoded. */
  path: string[];
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  return { path: path.split('/').filter((part) => part !== '').map(decode), query: new URLSearchParams(query) };
}

/** A hand-typed address may hold a broken escape; it is then taken literally and leads to "not found". */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) {
      return part;
    }
    throw error;
  }
}

/** A link within the page. Empty values are left out. */
export function link(path: readonly string[], query: Record<string, string | null | undefined> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value) {
      parameters.set(name, value);
    }
  }
  const search = parameters.size > 0 ? `?${parameters}` : '';
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
}

class Navigation {
  /** True from the arrival at a place until its heading has the focus: the heading may come later than the place. */
  headingWanted = false;

  route = $state.raw<Route>(parseRoute(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.route = parseRoute(location.hash);
    });
  }

  /** The path as one text: changes only when another thing is shown, not when a filter changes. */
  readonly place = $derived(this.route.path.join('/'));

  go(target: string): void {
    location.hash = target;
  }

  /** Changes parts of the query in place of the current history entry: for filters and selectors. */
  refine(changes: Record<string, string | null>): void {
    const query: Record<string, string | null> = { ...Object.fromEntries(this.route.query), ...changes };
    history.replaceState(null, '', link(this.route.path, query));
    this.route = parseRoute(location.hash);
  }

  /** Goes on to another place without a history entry of its own. */
  redirect(target: string): void {
    history.replaceState(null, '', target);
    this.route = parseRoute(location.hash);
  }
}

export const navigation = new Navigation();

export const paths = {
  city: (city: string) => link([city]),
  district: (city: string, id: string) => link([city, 'districts', id]),
  asset: (city: string, id: string) => link([city, 'assets', id]),
  /** `key` is `gateway/sensor`. */
  sensor: (city: string, key: string, property?: string) =>
    link([city, 'sensors', ...key.split('/')], { property }),
  alerts: (city: string, filter: { state?: string; district?: string; subject?: string; open?: string } = {}) =>
    link([city, 'alerts'], filter),
  books: (city: string) => link([city, 'books']),
  /** The overview of all that says what happens to data. */
  control: (city: string) => link([city, 'data']),
  register: (city: string) => link([city, 'register']),
  published: (city: string) => link([city, 'published']),
  ledger: (city: string, filter: { kind?: string } = {}) => link([city, 'ledger'], filter),
  policies: (city: string, district?: string) => link([city, 'policies'], { district }),
  contracts: (city: string) => link([city, 'contracts']),
  retention: (city: string) => link([city, 'retention']),
  records: (city: string) => link([city, 'records']),
  accounts: (city: string) => link([city, 'accounts']),
  /** `subject` is `sensor/{gateway}/{sensor}` or `asset/{id}`. */
  subject: (city: string, subject: string) => {
    const [kind, ...rest] = subject.split('/');
    return kind === 'asset' ? link([city, 'assets', ...rest]) : link([city, 'sensors', ...rest]);
  },
};
