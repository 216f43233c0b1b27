import type { StyleSpecification } from 'maplibre-gl';
import type { Outlines } from '../api/types';
import { resolvedColors } from '../page/theme.svelte';

export const FILL_LAYER = 'district-fill';

/** The whole map: the districts' outlines on plain ground. Nothing comes from elsewhere: no tiles, glyphs or sprites. */
export function mapStyle(outlines: Outlines, hovered: string | null = null, selected = ''): StyleSpecification {
  const color = resolvedColors(['ground', 'land-a', 'land-b', 'land-c', 'accent-soft', 'line-strong', 'accent']);
  // Three quiet tints, so that neighbours can be told apart.
  const land = outlines.features.map(({ properties }, i) => [properties.id, [color['land-a'], color['land-b'], color['land-c']][i % 3] ?? color['land-a']]);
  const emphasized = [hovered ?? '', selected];
  return {
    version: 8,
    sources: { districts: { type: 'geojson', data: outlines } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': color.ground } },
      {
        id: FILL_LAYER,
        type: 'fill',
        source: 'districts',
        paint: {
          'fill-color': ['case', ['in', ['get', 'id'], ['literal', emphasized]], color['accent-soft'], ['coalesce', ['get', ['get', 'id'], ['literal', Object.fromEntries(land)]], color['land-a']]],
          'fill-opacity': 1,
        },
      },
      {
        id: 'district-line',
        type: 'line',
        source: 'districts',
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': ['case', ['in', ['get', 'id'], ['literal', emphasized]], color.accent, color['line-strong']],
          'line-width': ['case', ['in', ['get', 'id'], ['literal', emphasized]], 2.5, 1.25],
          'line-dasharray': [3, 2],
        },
      },
    ],
  };
}
