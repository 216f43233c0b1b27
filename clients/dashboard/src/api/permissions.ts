import { address, call, get, getData, getOpen } from './client';
import { Problem } from './problem';
import type {
  AssessedDecision, EffectivePolicy, PolicyAnswer, PolicyDifference, PolicyVersion, RegisterEntry, RegisterList,
} from './governing';

const policies = (city: string, ...more: string[]): string[] => ['cities', city, 'policies', ...more];

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
  /** Sends a file; `check` and `difference` change nothing. */
  propose: (city: string, yaml: string) => sendFile<PolicyAnswer>(policies(city), yaml),
  compare: (city: string, yaml: string) => sendFile<PolicyDifference>(policies(city, 'difference'), yaml),
  why: (city: string, stream: string, signal: AbortSignal) => getData<AssessedDecision>(['cities', city, 'why'], signal, { stream, resolution: 'raw' }),
  register: (city: string, signal: AbortSignal) => getOpen<RegisterList>(['cities', city, 'register'], signal),
  registered: (city: string, stream: string, signal: AbortSignal) => getOpen<RegisterEntry>(['cities', city, 'register', ...stream.split('/')], signal),
};

function sendFile<T>(path: readonly string[], yaml: string): Promise<T> {
  return call<T>(address(path), { method: 'POST', headers: { 'content-type': 'application/yaml' }, body: yaml });
}
