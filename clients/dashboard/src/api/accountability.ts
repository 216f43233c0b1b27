import { address, get, getOpen, send } from './client';
import type {
  Certificate, Contract, Key, LedgerHead, LedgerKind, LedgerPage, LedgerSummary, Person, Posture, PublishedCells, PublishedStream,
  RecordApproval, RecordChanges, RecordKind, RetentionStatus,
} from './governing';

/** Which entries of the ledger are wanted; absent for all. */
export interface LedgerFilter {
  from?: number;
  limit: number;
  kind?: LedgerKind | null;
  who?: string | null;
  district?: string | null;
  for?: string | null;
  stream?: string | null;
  since?: string | null;
  until?: string | null;
}

export interface NewKey {
  key: string;
  item: Key;
}

const ledger = (city: string, ...more: string[]): string[] => ['cities', city, 'ledger', ...more];
const record = (city: string, kind: RecordKind, ...more: string[]): string[] => ['cities', city, 'records', kind, ...more];

/** What the city can be held to: ledger, retention, publication, contracts, records, accounts. */
export const accountability = {
  ledger: (city: string, filter: LedgerFilter, signal: AbortSignal) => get<LedgerPage>(ledger(city), signal, { ...filter }),
  installation: (filter: LedgerFilter, signal: AbortSignal) => get<LedgerPage>(['installation', 'ledger'], signal, { ...filter }),
  checkpoint: (city: string, signal: AbortSignal) => get<LedgerHead>(ledger(city, 'checkpoint'), signal),
  summary: (city: string, daysAgo: number, signal: AbortSignal) => get<LedgerSummary>(ledger(city, 'summary'), signal, { 'days-ago': daysAgo }),
  resolve: (city: string, pseudonym: string) => send<{ pseudonym: string; person: string | null }>('POST', ledger(city, 'resolve'), { pseudonym }),
  resolveInstallation: (pseudonym: string) => send<{ pseudonym: string; person: string | null }>('POST', ['installation', 'ledger', 'resolve'], { pseudonym }),
  exportAddress: (city: string) => address(ledger(city, 'export')),

  published: (city: string, signal: AbortSignal) => getOpen<PublishedStream[]>(['cities', city, 'streams'], signal),
  cells: (city: string, of: PublishedStream, query: { resolution: string; from: string; to: string }, signal: AbortSignal) =>
    getOpen<PublishedCells>(['cities', city, 'streams', of.stream, of.property, 'cells'], signal, query),

  contracts: (city: string, signal: AbortSignal) => get<Contract[]>(['cities', city, 'contracts'], signal),
  openContracts: (city: string, signal: AbortSignal) => getOpen<Contract[]>(['cities', city, 'contracts'], signal),

  recordPage: (city: string, kind: RecordKind) => address(record(city, kind), { format: 'html' }),
  recordJson: (city: string, kind: RecordKind) => address(record(city, kind), { format: 'json' }),
  recordChangesPage: (city: string, kind: RecordKind) => address(record(city, kind, 'changes'), { format: 'html' }),
  recordChanges: (city: string, kind: RecordKind, signal: AbortSignal) => get<RecordChanges>(record(city, kind, 'changes'), signal, { format: 'json' }),
  approveRecord: (city: string, kind: RecordKind, digest: string) => send<RecordApproval>('POST', record(city, kind, 'approve'), undefined, { digest }),

  retention: (signal: AbortSignal) => get<RetentionStatus>(['retention'], signal),
  certificates: (city: string, signal: AbortSignal) => get<Certificate[]>(['retention', 'certificates'], signal, { city }),
  runRetention: () => send<RetentionStatus>('POST', ['retention', 'run']),

  persons: (signal: AbortSignal) => get<Person[]>(['persons'], signal),
  addPerson: (person: Partial<Person>) => send<Person>('POST', ['persons'], person),
  changePerson: (id: string, change: Partial<Person>) => send<Person>('PATCH', ['persons', id], change),
  signInLink: (id: string) => send<{ link: string; until: string }>('POST', ['persons', id, 'sign-in-link']),
  keys: (signal: AbortSignal) => get<Key[]>(['keys'], signal),
  createKey: (request: { person?: string; contract?: string; city?: string; until: string }) => send<NewKey>('POST', ['keys'], request),
  revokeKey: (id: string) => send<Key>('DELETE', ['keys', id]),

  posture: (signal: AbortSignal) => get<Posture>(['posture'], signal),
};
