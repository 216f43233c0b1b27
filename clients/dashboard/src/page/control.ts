/** The pages that say what happens to data, and which rights, each by itself, open those that are not for everybody. */
const PAGES = [
  { id: 'register', rights: [] },
  { id: 'published', rights: [] },
  { id: 'ledger', rights: [] },
  { id: 'policies', rights: [] },
  { id: 'contracts', rights: [] },
  { id: 'retention', rights: ['run-retention'] },
  { id: 'records', rights: ['see-records'] },
  { id: 'accounts', rights: ['change-accounts'] },
  { id: 'installation', rights: ['see-ledger', 'change-accounts'] },
  { id: 'posture', rights: ['see-posture'] },
] as const;

export type ControlPage = (typeof PAGES)[number]['id'];

/** Whether a page is for somebody with these rights; what is no page of this kind is for everybody. */
export function opens(page: string, may: (right: string) => boolean): boolean {
  return !PAGES.some(({ id }) => id === page) || controlPages(may).some((id) => id === page);
}

/** The pages for somebody with these rights. */
export function controlPages(may: (right: string) => boolean): ControlPage[] {
  return PAGES.filter(({ rights }: { rights: readonly string[] }) => rights.length === 0 || rights.some(may)).map(({ id }) => id);
}
