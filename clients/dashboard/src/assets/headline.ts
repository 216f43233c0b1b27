import type { Asset, AssetType, AssetValue } from '../api/types';

/** What a map or a list shows of an asset, whatever its type. */
export interface Headline {
  name: string;
  value: number | null;
  unit: string;
  time: string | null;
  stale: boolean;
  withheld: string | null;
  /** Share of a whole, 0 … 100; null when the headline is not in percent. */
  percent: number | null;
  level: 'calm' | 'busy' | 'full';
  /** Change per hour in the headline's unit; null when the type has none or it is unknown. */
  trend: number | null;
  /** The first other value with a count, such as free spaces. */
  second: { name: string; value: number; unit: string } | null;
}

/** From here on a share counts as busy, or as nearly full, in percent. */
export const BUSY_PERCENT = 75;
export const FULL_PERCENT = 90;

export function levelOf(percent: number): Headline['level'] {
  if (percent >= FULL_PERCENT) {
    return 'full';
  }
  return percent >= BUSY_PERCENT ? 'busy' : 'calm';
}

export function headlineOf(asset: Asset, type: AssetType | null): Headline {
  const name = type?.headline ?? Object.keys(asset.values)[0] ?? '';
  const main: AssetValue | undefined = asset.values[name];
  const unit = main?.unit ?? type?.values.find((v) => v.name === name)?.unit ?? '';
  const value = main?.value ?? null;
  const percent = unit === '%' && value !== null ? Math.min(100, Math.max(0, value)) : null;
  const trendName = type?.values.find((v) => v.unit === `${unit}/h`)?.name;
  const trend = trendName === undefined ? null : (asset.values[trendName]?.value ?? null);
  return {
    name, value, unit, percent, trend,
    time: main?.time ?? asset.time,
    stale: asset.stale,
    withheld: value === null ? (asset.withheld ?? null) : null,
    level: percent === null ? 'calm' : levelOf(percent),
    second: secondOf(asset, type, name),
  };
}

function secondOf(asset: Asset, type: AssetType | null, headline: string): Headline['second'] {
  for (const { name, unit } of type?.values ?? []) {
    const value = asset.values[name]?.value;
    if (name !== headline && unit.startsWith('{') && !unit.endsWith('/h') && value !== null && value !== undefined) {
      return { name, value, unit };
    }
  }
  return null;
}
