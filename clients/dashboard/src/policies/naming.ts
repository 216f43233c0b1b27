import type { PolicyReach } from '../api/governing';
import type { City } from '../city/city.svelte';
import type { Words } from '../language/language.svelte';

/** Whose document it is. */
export function documentName(district: string | null, city: City, t: Words): string {
  return district === null ? t.policies.cityDocument : city.districtName(district);
}

/** How far somebody reaches at a datastream. */
export function reachText(reach: PolicyReach | null, city: City, t: Words): string {
  if (reach === null) {
    return t.policies.nothing;
  }
  const parts = [
    reach.sensor === null ? null : `${t.permissions.resolutions[reach.sensor]}, ${t.permissions.scopes.sensor}`,
    reach.cell === null || reach.cell === reach.sensor ? null : `${t.permissions.resolutions[reach.cell]}, ${t.permissions.scopes.cell}`,
    reach.until === null ? null : t.policies.until(city.format.lastDay(reach.until)),
  ];
  return parts.filter((part) => part !== null).join('; ');
}
