// The shapes of docs/api.md for policies, registers, ledger, retention, publication and accounts. Times are ISO 8601 in UTC.
import type { Bilingual, DataClass, Position } from './types';

export type Resolution = 'raw' | 'minute' | 'quarter' | 'hour' | 'day' | 'week' | 'month';

export interface Office {
  id: string;
  name: string;
  contact: string;
}

/** A datastream in the public register of sensors. */
export interface RegisterEntry {
  /** `gateway/sensor/property`. */
  stream: string;
  name: string;
  sensor: string;
  unit: string;
  question: string;
  gateway: { id: string; name: string; office: string };
  district: string;
  districtName: string;
  position: Position | null;
  positionWithheld: boolean;
  /** No policy covers it: kept for a day, read by nobody. */
  quarantine: boolean;
  class: DataClass;
  countsPeople: boolean;
  operator: string | null;
  office: Office;
  purposes: { id: string; name: string; legalBasis: string; question: string; office: Office; reviewDay: string; reviewPassed: boolean }[];
  retention: { resolution: Resolution; days: number }[];
  answers: { collected: string; use: string; access: string; passedOn: string } | null;
  access: RegisterAccess[];
  policyVersion: string;
}

/** Who may read a datastream, without naming persons. */
export interface RegisterAccess {
  kind: 'public' | 'office' | 'role' | 'contract' | 'person';
  who: Bilingual;
  purpose: string;
  resolution: Resolution;
  scope: 'sensor' | 'cell';
  /** Or `never`. */
  until: string;
  onward: string | null;
}

export interface RegisterList {
  items: RegisterEntry[];
  next: string | null;
}

export interface WhyMeasured {
  why: Bilingual;
  entry: RegisterEntry;
}

/** A decision with its steps: GET …/why. */
export interface ExplainedDecision {
  principal: string;
  purpose: string | null;
  permitted: boolean;
  reason: string | null;
  policy: string | null;
  grant: string | null;
  explanation: Bilingual;
  remedy: Bilingual | null;
  steps: { step: string; subject: string | null; passed: boolean; reason: string | null; text: Bilingual }[];
}

export interface EffectivePolicy {
  district: string;
  version: string;
  cityVersion: number;
  districtVersion: number;
  entries: PolicyEntry[];
  /** Grants and denials of single persons, which are shown to officers alone. */
  personal: number;
}

export interface PolicyEntry {
  kind: 'purpose' | 'stream' | 'grant' | 'denial' | 'contract' | 'zone' | 'publication';
  id: string;
  /** `city`, `district`, `district, overriding city` or `default`. */
  origin: string;
  /** In the words of the files. */
  text: string;
  /** The same as a German sentence. */
  textDe: string;
}

export interface PolicyVersion {
  /** Null for the city's own document. */
  district: string | null;
  version: number;
  standing: string;
  effective: string;
  proposedBy: string;
  proposed: string;
  decidedBy: string | null;
  decided: string | null;
  digest: string;
  /** Also when it was withdrawn afterwards; null when nobody has approved it. */
  approvedBy: string | null;
  /** False when the proposer could have acted as the approver; null when it is not known. */
  independent: boolean | null;
}

export interface PolicyAnswer {
  outcome: 'done' | 'unchanged';
  version: PolicyVersion | null;
}

export interface PolicyReach {
  sensor: Resolution | null;
  cell: Resolution | null;
  until: string | null;
}

export interface PolicyDays {
  raw: number;
  hour: number;
  day: number;
}

/** What a document would change if it were in force now. */
export interface PolicyDifference {
  district: string | null;
  access: {
    district: string; principal: string; purpose: string; stream: string;
    before: PolicyReach | null; after: PolicyReach | null; datastreams: number; example: string;
  }[];
  moreAccess: number;
  retention: {
    district: string; stream: string; before: PolicyDays; after: PolicyDays;
    datastreams: number; example: string; readings: number; due: number; uncounted: number;
  }[];
  moreRetention: number;
  newDenials: string[];
  endedDenials: string[];
}

/** A contract for everybody; officers see id, streams and keys as well. */
export interface Contract {
  id?: string;
  partner: string;
  streams?: string[];
  purposes: string[];
  onward: string;
  until: string;
  ended: boolean;
  keys?: string[];
}

export type LedgerKind = 'read' | 'denial' | 'policy' | 'registry' | 'sign-in' | 'key' | 'deletion' | 'export' | 'inspection' | 'alert' | 'break' | 'correction';

export interface LedgerEntry {
  index: number;
  time: string;
  kind: LedgerKind;
  who: string;
  district: string | null;
  purpose: string | null;
  streams: string[];
  resolution: string | null;
  rows: number;
  count: number;
  policy: string | null;
  grant: string | null;
  detail: string | null;
}

export interface LedgerPage {
  items: LedgerEntry[];
  next: number | null;
  /** Entries that the whole ledger holds. */
  size: number;
}

export interface LedgerHead {
  size: number;
  checkpointSize: number;
  checkpoint: string | null;
  publicKey: string;
}

export interface LedgerSummary {
  day: string;
  reads: { district: string; stream: string; purpose: string | null; count: number }[];
  others: number;
  denials: number;
}

export interface PublicationRules {
  measure: string;
  geography: string;
  minimumUnits: number;
  perturbationVariance: number;
  perturbationMax: number;
  roundTo: number;
}

export interface PublishedStream {
  stream: string;
  property: string;
  unit: string;
  sensors: number;
  rules: PublicationRules;
}

export interface PublishedCells {
  stream: string;
  property: string;
  unit: string;
  resolution: string;
  rules: PublicationRules;
  attributions: string[];
  /** Why cells are withheld, for people. */
  reasons: Record<string, Bilingual>;
  cells: { cell: string; start: string; end: string; value: number | null; units: number | null; withheld: string | null }[];
}

export interface RetentionStatus {
  run: { night: string; by: string; phase: string; ended: string | null; incident: string | null } | null;
  next: string;
  failure: string | null;
  districts: { city: string; district: string; nextExpiry: string; days: { day: string; readings: number; rollUps: number }[] }[];
}

export interface Certificate {
  city: string;
  district: string;
  night: string;
  signed: string;
  readings: number;
  rollUps: number;
  moved: number;
  from: string | null;
  to: string | null;
  policyVersion: string | null;
  manifestDigest: string;
  digest: string;
  ledgerIndex: number | null;
  places: { place: string; examined: number }[];
}

export interface Person {
  id: string;
  name: string;
  offices: string[];
  roles: string[];
  city: string | null;
  enabled: boolean;
}

export interface Key {
  id: string;
  person: string | null;
  contract: string | null;
  city: string | null;
  created: string;
  until: string;
  revoked: string | null;
  lastUsed: string | null;
  state: 'valid' | 'revoked' | 'expired';
}

export type RecordKind = 'processing' | 'impact-assessment';

export interface RecordApproval {
  number: number;
  digest: string;
  by: string;
  at: string;
}

/** What changed since a record was approved. */
export interface RecordChanges {
  kind: RecordKind;
  digest: string;
  approved: RecordApproval | null;
  changes: { path: string; before: string | null; after: string | null }[];
  more: number;
}

/** How the installation stands in the network. */
export interface Posture {
  weaknesses: { name: string; what: string; remedy: string; accepted: boolean }[];
  listeners: { name: string; address: string; encrypted: boolean; local: boolean }[];
  certificates: { use: 'server' | 'gateway-authority'; subject: string; names: string; issuer: string; fingerprint: string; from: string; until: string; file: string; fault: string | null }[];
  gatewayMode: 'local' | 'credentials';
  gateways: number;
  /** `city/gateway`, at most 1,000. */
  withoutCredential: string[];
  banned: { address: string; seconds: number }[];
}
