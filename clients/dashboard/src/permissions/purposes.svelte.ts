import { createContext } from 'svelte';
import { permissions } from '../api/permissions';
import type { City } from '../city/city.svelte';
import { Shown } from '../live/shown.svelte';
import { account } from '../accounts/me.svelte';

/** Districts whose policies are asked for the purposes: more would ask too much for one list. */
const DISTRICTS_MAX = 40;

/** A purpose that a person may state. */
export interface KnownPurpose {
  id: string;
  /** Name, legal basis and question, as the policy gives them. */
  text: string;
}

/** The purposes of all policies that hold in the city. */
export class Purposes {
  readonly list: Shown<KnownPurpose[]>;

  constructor(city: City) {
    this.list = new Shown({
      key: () => (account.signedIn && city.districts.value !== null ? `${city.id} ${city.districts.value.map((d) => d.id).join(' ')}` : null),
      load: async (signal) => {
        const ids = (city.districts.value ?? []).slice(0, DISTRICTS_MAX).map((d) => d.id);
        const policies = await Promise.all(ids.map((id) => permissions.effectiveOrNone(city.id, id, signal)));
        const entries = policies.flatMap((policy) => policy?.entries ?? []).filter((entry) => entry.kind === 'purpose');
        return [...new Map(entries.map(({ id, text }) => [id, { id, text }])).values()].sort((a, b) => a.id.localeCompare(b.id));
      },
      concerns: () => false,
      calmMs: 30_000,
    });
  }

  /** The purpose's name: the first part of its line. */
  static nameOf(of: KnownPurpose): string {
    return of.text.split(';')[0] ?? of.id;
  }
}

export const [usePurposes, providePurposes] = createContext<Purposes>();
