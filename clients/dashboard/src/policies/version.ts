import type { Words } from '../language/language.svelte';

/** Which documents decided, for people: the API names them as `city 3, district 1`, and a district without a document of its own as 0. */
export function versionText(t: Words, version: string): string {
  const [, city, district] = /^city (\d+), district (\d+)$/.exec(version) ?? [];
  if (city === undefined || district === undefined) {
    return version;
  }
  const parts = [city === '0' ? null : t.policies.versionOfCity(city), district === '0' ? null : t.policies.versionOfDistrict(district)];
  return parts.filter((part) => part !== null).join(', ');
}
