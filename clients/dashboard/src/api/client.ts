import { language } from '../language/language.svelte';
import { purpose } from '../permissions/purpose.svelte';
import { Problem } from './problem';
import type {
  AggregateList, Alert, AlertState, Asset, AssetDetail, CityBooks, CityEntry, CityInfo, District, DistrictDetail,
  Me, Outlines, Paged, ReadingPage, Sensor, SensorBooks, SensorDetail, StoreReport, Window,
} from './types';

export type Query = Record<string, string | number | null | undefined>;

/** Address of a call below the page's own folder, so that the page also works behind a prefix. */
export function address(path: readonly string[], query: Query = {}, base: 'api' | 'open' = 'api'): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const search = parameters.size > 0 ? `?${parameters}` : '';
  return `${base}/${path.map(encodeURIComponent).join('/')}${search}`;
}

let refusedCredential = (): void => undefined;

/** Who is told when the server refuses the session by which the page reads. */
export function onRefusedCredential(listener: () => void): void {
  refusedCredential = listener;
}

/** What goes with every call: sentences come in the page's language, and the ledger gets to know the purpose. */
function headers(more: RequestInit['headers']): HeadersInit {
  const stated = purpose.id === '' ? {} : { 'quartier-purpose': purpose.id };
  return { accept: 'application/json', 'accept-language': language.id, ...stated, ...(more as Record<string, string> | undefined) };
}

/** Without a purpose nobody but the public may read: then the page asks for what everybody sees. */
const asWhom = (): Query => (purpose.id === '' ? { as: 'public' } : {});

export async function call<T>(url: string, init: RequestInit, read: (response: Response) => Promise<T> = (r) => r.json() as Promise<T>): Promise<T> {
  let response: Response | null = null;
  try {
    response = await fetch(url, { ...init, headers: headers(init.headers) });
    if (response.ok) {
      return await read(response);
    }
  } catch (error) {
    if (init.signal?.aborted) {
      throw error;
    }
    // No answer, or one that broke off or is not JSON: something between here and the server answered in its place.
    throw new Problem(0, 'unreachable', error instanceof Error ? error.message : String(error));
  }
  const problem = await Problem.from(response);
  // A refused sign-in link says nothing about the session.
  if (problem.credentialRefused && url !== address(['sign-in'])) {
    refusedCredential();
  }
  throw problem;
}

export const get = <T>(path: readonly string[], signal: AbortSignal, query?: Query): Promise<T> =>
  call<T>(address(path, query), { signal });

/** Reads what a district decides about. */
export const getData = <T>(path: readonly string[], signal: AbortSignal, query?: Query): Promise<T> =>
  get<T>(path, signal, { ...query, ...asWhom() });

/** Reads open data. */
export const getOpen = <T>(path: readonly string[], signal: AbortSignal, query?: Query): Promise<T> =>
  call<T>(address(path, { ...query, ...asWhom() }, 'open'), { signal });

export const send = <T>(method: 'POST' | 'PATCH' | 'DELETE', path: readonly string[], body?: unknown, query?: Query): Promise<T> =>
  call<T>(address(path, query), {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

/** A stretch of event time; `to` is exclusive. */
export interface Span {
  from: string;
  to: string;
}

/** Greatest number of readings in one answer; the server's limit is the same. */
export const READING_LIMIT = 10_000;

export interface AlertFilter {
  district?: string | null;
  state?: AlertState | null;
  subject?: string | null;
  limit: number;
}

export const api = {
  cities: (signal: AbortSignal) => get<CityEntry[]>(['cities'], signal),
  city: (city: string, signal: AbortSignal) => get<CityInfo>(['cities', city], signal),
  outlines: (city: string, signal: AbortSignal) => get<Outlines>(['cities', city, 'outlines'], signal),
  districts: (city: string, signal: AbortSignal) => getData<District[]>(['cities', city, 'districts'], signal),
  district: (city: string, id: string, signal: AbortSignal) =>
    getData<DistrictDetail>(['cities', city, 'districts', id], signal),
  assets: (city: string, district: string | null, signal: AbortSignal) =>
    getData<Asset[]>(['cities', city, 'assets'], signal, { district }),
  asset: (city: string, id: string, signal: AbortSignal) => getData<AssetDetail>(['cities', city, 'assets', id], signal),
  sensors: (city: string, district: string | null, limit: number, signal: AbortSignal) =>
    getData<Paged<Sensor>>(['cities', city, 'sensors'], signal, { district, limit }),
  sensor: (city: string, gateway: string, id: string, signal: AbortSignal) =>
    getData<SensorDetail>(['cities', city, 'sensors', gateway, id], signal),
  readings: (city: string, sensor: string, property: string, span: Span, signal: AbortSignal) =>
    getData<ReadingPage>(['cities', city, 'sensors', ...sensor.split('/'), property, 'readings'], signal, {
      from: span.from,
      to: span.to,
      limit: READING_LIMIT,
    }),
  aggregates: (city: string, sensor: string, property: string, span: Span, window: Window, signal: AbortSignal) =>
    getData<AggregateList>(['cities', city, 'sensors', ...sensor.split('/'), property, 'aggregates'], signal, {
      from: span.from,
      to: span.to,
      window,
    }),
  alerts: (city: string, filter: AlertFilter, signal: AbortSignal) =>
    getData<Paged<Alert>>(['cities', city, 'alerts'], signal, { ...filter }),
  acknowledge: (city: string, district: string, id: string) =>
    send<Alert>('POST', ['cities', city, 'districts', district, 'alerts', id, 'acknowledge']),
  me: () => call<Me>(address(['me']), {}),
  signIn: (token: string) => send<Me>('POST', ['sign-in'], { token }),
  signOut: () => send<Me>('POST', ['sign-out']),
  books: (city: string, signal: AbortSignal) => get<CityBooks>(['cities', city, 'books'], signal),
  sensorBooks: (city: string, filter: { district?: string; gateway?: string }, signal: AbortSignal) =>
    get<SensorBooks[]>(['cities', city, 'books', 'sensors'], signal, filter),
  store: (signal: AbortSignal) => get<StoreReport>(['store'], signal),
  liveAddress: (city: string) => address(['cities', city, 'live'], purpose.id === '' ? asWhom() : { purpose: purpose.id }),
};
