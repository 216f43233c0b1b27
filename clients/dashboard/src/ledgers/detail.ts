import type { Words } from '../language/language.svelte';

/**
 * What an entry tells of in the log's own words, which are English for good: the log is never rewritten. Here those that the product writes are said in the
 * reader's language; what is not known is shown as it stands.
 */
const PATTERNS: readonly [RegExp, keyof Words['ledgers']['told']][] = [
  [/^key (\S+) created until (\S.*)$/, 'keyCreated'],
  [/^key (\S+) revoked$/, 'keyRevoked'],
  [/^sign-in link (\S+) made$/, 'linkMade'],
  [/^signed in by link (\S+)$/, 'signedInByLink'],
  [/^person added: (.*)$/, 'personAdded'],
  [/^person changed: (.*)$/, 'personChanged'],
  [/^resolved (\S+)$/, 'resolved'],
  [/^password (\S+) of gateway (\S+) set$/, 'passwordSet'],
  [/^certificate (\S+) of gateway (\S+) issued until (.*)$/, 'certificateIssued'],
  [/^(?:password|certificate) (\S+) of gateway (\S+) revoked$/, 'gatewayRevoked'],
  [/^certificate sha256:(\S+)$/, 'deletionCertified'],
  [/^proposed to take effect (\S+); sha256 (\S+)$/, 'policyProposed'],
  [/^approved to take effect (\S+); sha256 (\S+)$/, 'policyApproved'],
  [/^approved to take effect (\S+) by an approver who is not independent of the proposer; sha256 (\S+)$/, 'policyApprovedInDoubt'],
  [/^in force since (\S+); sha256 (\S+)$/, 'policyInForce'],
  [/^withdrawn; sha256 (\S+)$/, 'policyWithdrawn'],
  [/^rejected; sha256 (\S+)$/, 'policyRejected'],
  [/^record of processing activities (\S+) approved; sha256 (\S+)$/, 'processingApproved'],
  [/^impact assessment (\S+) approved; sha256 (\S+)$/, 'impactApproved'],
];

const PERSON = /^roles=(\S*) offices=(\S*) city=(\S+) linked=(yes|no) enabled=(yes|no)$/;

/** What a person may do, as the log writes it; other texts as they stand. */
function person(t: Words, what: string): string {
  const parts = PERSON.exec(what)?.slice(1);
  if (!parts) {
    return what;
  }
  const [roles = '', offices = '', city = '', linked, enabled] = parts;
  const named = roles.split(',').map((role) => t.accounts.roleNames[role.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase() as 'operator'] ?? role);
  return [
    `${t.accounts.roles}: ${named.join(', ') || '–'}`,
    `${t.accounts.offices}: ${offices.replaceAll(',', ', ') || '–'}`,
    ...(city === 'all' ? [] : [t.accounts.onlyIn(city)]),
    ...(linked === 'yes' ? [t.ledgers.linked] : []),
    enabled === 'yes' ? t.accounts.enabled : t.accounts.disabled,
  ].join('; ');
}

const CONCERNED = 'concerned: ';

/** An entry's detail in the reader's language. */
export function told(t: Words, detail: string): string {
  if (detail.startsWith(CONCERNED)) {
    return t.ledgers.concerned(told(t, detail.slice(CONCERNED.length)));
  }
  const fixed: Record<string, string> = { ...t.permissions.reasons, ...t.ledgers.details };
  if (Object.hasOwn(fixed, detail)) {
    return fixed[detail] ?? detail;
  }
  for (const [pattern, name] of PATTERNS) {
    const parts = pattern.exec(detail)?.slice(1);
    if (parts) {
      const say: (...words: string[]) => string = t.ledgers.told[name];
      return say(...(pattern.source.startsWith('^person ') ? parts.map((what) => person(t, what)) : parts));
    }
  }
  return detail;
}

/** Datastreams by their sensor, as `gateway/sensor: property, property`: an entry of a sensor with twelve is one line, not twelve. */
export function bySensor(streams: readonly string[]): string[] {
  const sensors = new Map<string, string[]>();
  for (const stream of streams) {
    const cut = stream.lastIndexOf('/');
    const sensor = stream.slice(0, Math.max(cut, 0));
    sensors.set(sensor, [...(sensors.get(sensor) ?? []), stream.slice(cut + 1)]);
  }
  return [...sensors].map(([sensor, properties]) => (sensor === '' ? properties.join(', ') : properties.length === 1 ? `${sensor}/${properties.join('')}` : `${sensor}: ${properties.join(', ')}`));
}
