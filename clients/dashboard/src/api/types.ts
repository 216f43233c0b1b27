// The shapes of docs/api.md, by hand. Times are ISO 8601 in UTC, durations ISO 8601; what is not there is null, never 0.

export type Flag = 'out-of-range' | 'contradicted' | 'late' | 'clock-skew' | 'step' | 'stuck' | 'gap';
export type Severity = 'info' | 'warning' | 'critical';
export type AlertState = 'raised' | 'acknowledged' | 'resolved';
export type DataClass = 'public' | 'internal' | 'sensitive';
export type RuleKind = 'threshold' | 'missing' | 'stuck' | 'inconsistent-sum';
export type Window = 'PT15M' | 'PT1H' | 'P1D';
export type Position = [longitude: number, latitude: number];

export interface Bilingual {
  de: string;
  en: string;
}

export interface CityEntry {
  id: string;
  name: string;
  clock: 'wall' | 'replay';
  version: number;
  districts: number;
  sensors: number;
  assets: number;
}

export interface AssetType {
  id: string;
  name: Bilingual;
  /** Name of the value that a map shows. */
  headline: string;
  values: { name: string; label: Bilingual; unit: string }[];
  statuses: { id: string; text: Bilingual }[];
}

export interface CityInfo {
  id: string;
  name: string;
  timeZone: string;
  clock: 'wall' | 'replay';
  version: number;
  /** Null while a replay has not begun. */
  now: string | null;
  attributions: string[];
  offices: { id: string; name: string; contact: string }[];
  assetTypes: AssetType[];
}

export interface Outlines {
  type: 'FeatureCollection';
  features: {
    type: 'Feature';
    properties: { id: string; name: string; schematic: boolean };
    /** Null when the registry gives no outline. */
    geometry: { type: 'Polygon'; coordinates: number[][][] } | { type: 'MultiPolygon'; coordinates: number[][][][] } | null;
  }[];
}

export interface Aggregate {
  start: string;
  end: string;
  count: number;
  sum: number;
  min: number;
  max: number;
  mean: number;
}

/** The numbers are null when they are withheld. */
export interface LiveAggregate {
  property: string;
  start: string;
  end: string;
  count: number | null;
  sum: number | null;
  min: number | null;
  max: number | null;
  mean: number | null;
  withheld?: string | null;
}

export interface District {
  id: string;
  name: string;
  office: string;
  retentionDays: number;
  now: string | null;
  coverage: { expected: number; reporting: number; silent: string[] };
  alerts: { raised: number; acknowledged: number };
  live: LiveAggregate[];
}

export interface DistrictDetail extends District {
  sensors: string[];
  assets: string[];
}

export interface AssetValue {
  time: string | null;
  value: number | null;
  unit: string;
  /** Null when the policy leaves it out. */
  quality: Flag[] | null;
}

export interface Asset {
  id: string;
  type: string;
  name: string;
  district: string;
  office: string;
  location: Position | null;
  attributes: Record<string, number | null>;
  time: string | null;
  status: string | null;
  stale: boolean;
  values: Record<string, AssetValue>;
  /** Why the caller may not see all values; null when the caller may. */
  withheld?: string | null;
}

export interface AssetDetail extends Asset {
  sensors: string[];
}

export interface Datastream {
  property: string;
  name: string;
  unit: string;
  class: DataClass;
  /** Expected time between readings; null when it sends on change only. */
  interval: string | null;
  time: string | null;
  value: number | null;
  /** Null when the policy leaves it out. */
  quality: Flag[] | null;
  stale: boolean;
  /** Why the caller may not see the values; null when the caller may. */
  withheld: string | null;
}

export interface DatastreamDetail extends Datastream {
  question: string;
  retentionDays: number;
  min: number | null;
  max: number | null;
  codes: { label: string; code: number; text: Bilingual }[];
  minute: Aggregate | null;
  hour: Aggregate | null;
  day: Aggregate | null;
  /** Null when withheld. */
  late: number | null;
  contradicted: number | null;
}

export interface Sensor<D extends Datastream = Datastream> {
  gateway: string;
  id: string;
  name: string;
  district: string;
  office: string;
  asset: string | null;
  location: Position | null;
  datastreams: D[];
}

export interface Rule {
  id: string;
  version: number;
  kind: RuleKind;
  property: string;
  severity: Severity;
  sentence: Bilingual;
}

export interface SensorDetail extends Sensor<DatastreamDetail> {
  rules: Rule[];
  /** Null for those who may not see the books. */
  books: Books | null;
}

export interface Reading {
  time: string;
  value: number;
  /** Null when the policy leaves it out. */
  quality: Flag[] | null;
}

export interface ReadingPage {
  unit: string;
  items: Reading[];
  next: string | null;
}

export interface AggregateItem extends Aggregate {
  /** Null where only an aggregate is kept. */
  last: number | null;
  /** Null when the policy leaves quality out. */
  flagged: number | null;
}

export interface AggregateList {
  unit: string;
  items: AggregateItem[];
}

export interface Explanation {
  rule: string;
  version: number;
  kind: RuleKind;
  sentence: Bilingual;
  readings: ({ property: string } & Reading)[];
  thresholds: Record<string, number | null>;
  computed: Record<string, number | null>;
}

export interface Alert {
  id: string;
  district: string;
  /** `sensor/{gateway}/{sensor}` or `asset/{id}`. */
  subject: string;
  subjectName: string;
  severity: Severity;
  office: string;
  state: AlertState;
  start: string;
  raised: string;
  resolved: string | null;
  acknowledgedBy: string | null;
  explanation: Explanation;
  /** Why the caller may not see the readings that led to it; null when the caller may. */
  withheld?: string | null;
}

export interface Paged<T> {
  items: T[];
  next: string | null;
}

export interface Books {
  received: number;
  stored: number;
  duplicate: number;
  refused: Record<string, number>;
  balanced: boolean;
}

export interface Stranger {
  gateway: string;
  sensor: string;
  reason: string;
  count: number;
  first: string;
  last: string;
  detail: string;
}

export interface CityBooks extends Books {
  districts: ({ id: string } & Books)[];
  gateways: ({ id: string; registered: boolean } & Books)[];
  strangers: Stranger[];
}

export interface SensorBooks extends Books {
  sensor: string;
}

export interface StoreReport {
  partitions: { expiryDay: string; blocks: number; readings: number; bytes: number }[];
  openReadings: number;
  journalBytes: number;
  datastreams: number;
  health: { accepting: boolean; problem: string | null; setAside: string[] };
}

/** Who looks at the page: GET /api/me. */
export interface Me {
  /** `public` or `person:ID`. */
  principal: string;
  name: string;
  roles: string[];
  offices: string[];
  /** What the roles allow, such as `acknowledge-alerts`. */
  rights: string[];
  city: string | null;
  credential: 'none' | 'session' | 'key' | 'local-key';
  until: string | null;
  /** Whether there is a sign-in at the city's identity provider. */
  openIdConnect: boolean;
}
