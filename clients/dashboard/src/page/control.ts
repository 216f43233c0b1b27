/** The pages that say what happens to data, and which right opens those that are not for everybody. */
const PAGES = [
  { id: 'register', right: null },
  { id: 'published', right: null },
  { id: 'ledger', right: null },
  { id: 'policies', right: null },
  { id: 'contracts', right: null },
  { id: 'retention', right: 'run-retention' },
  { id: 'records', right: 'see-records' },
  { id: 'accounts', right: 'change-accounts' },
  { id: 'posture', right: 'see-posture' },
] as const;

export type ControlPage = (typeof PAGES)[number]['id'];

/** The pages for somebody with these rights. */
export function controlPages(may: (right: string) => boolean): ControlPage[] {
  return PAGES.filter(({ right }) => right === null || may(right)).map(({ id }) => id);
}
