import type { PolicyEntry } from '../api/governing';

/** Whether a pattern of a policy names the datastream: three parts, `*` for any characters of one part. */
export function matches(pattern: string, stream: string): boolean {
  const [wanted, parts] = [pattern.split('/'), stream.split('/')];
  return wanted.length === parts.length && wanted.every((part, i) => globOf(part).test(parts[i] ?? ''));
}

function globOf(part: string): RegExp {
  return new RegExp(`^${part.split('*').map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}

/** The entry of the policy that covers the datastream: its line begins with its patterns. Never two, the policy forbids it. */
export function streamEntryOf(entries: readonly PolicyEntry[], stream: string): PolicyEntry | null {
  const covers = ({ kind, text }: PolicyEntry): boolean =>
    kind === 'stream' && (text.split(';')[0] ?? '').split(',').some((pattern) => matches(pattern.trim(), stream));
  return entries.find(covers) ?? null;
}
