import type { Asset, AssetType } from '../api/types';
import { language } from '../language/language.svelte';

/** What people call a value of an asset. */
export function valueLabel(name: string, type: AssetType | null): string {
  const value = type?.values.find((v) => v.name === name);
  return value === undefined ? attributeLabel(name) : language.pick(value.label);
}

/** What people call a fixed number of an asset; the registry names attributes by id only. */
export function attributeLabel(name: string): string {
  return name === 'capacity' ? language.t.asset.capacity : name;
}

/** The status for people; null while it is unknown. */
export function statusText(asset: Asset, type: AssetType | null): string | null {
  if (asset.status === null) {
    return null;
  }
  const status = type?.statuses.find((s) => s.id === asset.status);
  return status === undefined ? asset.status : language.pick(status.text);
}
