import type { LedgerEntry, LedgerPage } from '../api/governing';

/** Entries that are looked through at once: with a filter as many as the server searches in one call. */
const STRETCH = 60;
const SEARCHED = 20_000;
/** Entries of one answer, and answers of one stretch at most. */
const PAGE = 1_000;
const PAGES_MAX = 3;

/** A part of a ledger, newest first. */
export interface Stretch {
  items: LedgerEntry[];
  /** Its first entry, and the one behind its last. */
  begin: number;
  end: number;
  /** Entries of the whole ledger. */
  size: number;
  /** Whether there are more in this part than were fetched. */
  more: boolean;
}

/** Fetches the part of a ledger that ends before an entry, or with its newest. */
export async function stretch(
  size: number,
  before: number | null,
  filtered: boolean,
  list: (page: { from: number; limit: number }) => Promise<LedgerPage>,
): Promise<Stretch> {
  const end = before === null || !Number.isInteger(before) ? size : Math.max(0, Math.min(before, size));
  const begin = Math.max(0, end - (filtered ? SEARCHED : STRETCH));
  const items: LedgerEntry[] = [];
  let next: number | null = begin;
  for (let page = 0; page < PAGES_MAX && next !== null && next < end; page++) {
    const answer: LedgerPage = await list({ from: next, limit: PAGE });
    items.push(...answer.items.filter((entry) => entry.index < end));
    next = answer.next;
  }
  return { items: items.reverse(), begin, end, size, more: next !== null && next < end };
}
