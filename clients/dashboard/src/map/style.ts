import type { StyleSpecification } from 'maplibre-gl';
import type { Outlines } from '../api/types';
import { resolvedColors } from '../page/theme.svelte';

export const FILL_LAYER = 'district-fill';

/** The whole map: the districts' outlines on plain ground. Nothing comes from elsewhere: no tiles, glyphs or sprites. */
export function mapStyle(outlines: Outlines, hovered: string | null = null, selected = ''): StyleSpecification {
  const color = resolvedColors(['ground', 'surface', 'accent-soft', 'line-strong', 'accent']);
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
          'fill-color': ['case', ['in', ['get', 'id'], ['literal', emphasized]], color['accent-soft'], color.surface],
          'fill-opacity': 0.9,
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
