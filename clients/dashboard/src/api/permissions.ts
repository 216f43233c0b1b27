import { address, call, get, getData, getOpen, type Query } from './client';
import type {
  EffectivePolicy, ExplainedDecision, PolicyAnswer, PolicyDifference, PolicyVersion, RegisterList, WhyMeasured,
} from './governing';
import { Problem } from './problem';

const policies = (city: string, ...more: string[]): string[] => ['cities', city, 'policies', ...more];

const sendFile = <T>(path: readonly string[], yaml: string, query: Query = {}): Promise<T> =>
  call<T>(address(path, query), { method: 'POST', headers: { 'content-type': 'application/yaml' }, body: yaml });

/** What is measured why, who decides what, and which policies say so. */
export const permissions = {
  effective: (city: string, district: string, signal: AbortSignal) => get<EffectivePolicy>(policies(city, 'effective', district), signal),
  /** Null where no policy holds. */
  effectiveOrNone: async (city: string, district: string, signal: AbortSignal): Promise<EffectivePolicy | null> => {
    try {
      return await permissions.effective(city, district, signal);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) {
        return null;
      }
      throw error;
    }
  },
  versions: (city: string, signal: AbortSignal) => get<PolicyVersion[]>(policies(city), signal),
  /** The file of one version, as YAML. */
  file: (city: string, version: number, district: string | null, signal: AbortSignal) =>
    call<string>(address(policies(city, String(version)), { district }), { signal, headers: { accept: 'application/yaml' } }, (response) => response.text()),
  difference: (city: string, version: number, district: string | null, signal: AbortSignal) =>
    get<PolicyDifference>(policies(city, String(version), 'difference'), signal, { district }),
  decide: (city: string, version: number, district: string | null, what: 'approve' | 'withdraw') =>
    call<PolicyAnswer>(address(policies(city, String(version), what), { district }), { method: 'POST' }),
  /** Proposes a file; `effective` is when it is to take effect, null for on approval. */
  propose: (city: string, yaml: string, effective: string | null) => sendFile<PolicyAnswer>(policies(city), yaml, { effective }),
  /** What a file would change; changes nothing. */
  compare: (city: string, yaml: string) => sendFile<PolicyDifference>(policies(city, 'difference'), yaml),
  why: (city: string, stream: string, signal: AbortSignal) => getData<ExplainedDecision>(['cities', city, 'why'], signal, { stream, resolution: 'raw', scope: 'sensor' }),
  register: (city: string, district: string | null, after: string | null, limit: number, signal: AbortSignal) =>
    getOpen<RegisterList>(['cities', city, 'register'], signal, { district, after, limit }),
  registered: (city: string, stream: string, signal: AbortSignal) => getOpen<WhyMeasured>(['cities', city, 'register', ...stream.split('/')], signal),
};
