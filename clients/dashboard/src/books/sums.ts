import type { Books } from '../api/types';

export function refusedTotal(books: Books): number {
  return Object.values(books.refused).reduce((sum, count) => sum + count, 0);
}

/** Readings received without a trace; 0 when the books balance. Negative when more is on the right than came in. */
export function difference(books: Books): number {
  return books.received - books.stored - books.duplicate - refusedTotal(books);
}
