import type { Asset, AssetType } from '../api/types';
import { language } from '../language/language.svelte';

/** What people call a value of an asset. */
export function valueLabel(name: string, type: AssetType | null): string {
  const label = type?.values.find((v) => v.name === name)?.label;
  // The registry names inputs by id only; what is common has a word here.
  if (label === undefined || label.de === name) {
    return (language.t.valueNames as Record<string, string | undefined>)[name] ?? name;
  }
  return language.pick(label);
}

/** What people call a fixed number of an asset; the registry names attributes by id only. */
export function attributeLabel(name: string): string {
  return (language.t.valueNames as Record<string, string | undefined>)[name] ?? name;
}

/** The status for people; null while it is unknown. */
export function statusText(asset: Asset, type: AssetType | null): string | null {
  if (asset.status === null) {
    return null;
  }
  const status = type?.statuses.find((s) => s.id === asset.status);
  return status === undefined ? asset.status : language.pick(status.text);
}
