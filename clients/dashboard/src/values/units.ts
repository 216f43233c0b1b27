import type { Words } from '../language/language.svelte';

/** UCUM codes that people write differently. */
const SIGNS: Record<string, string> = {
  Cel: '°C',
  deg: '°',
  m3: 'm³',
  m2: 'm²',
  'm3/h': 'm³/h',
  'ug/m3': 'µg/m³',
  'kW.h': 'kWh',
  'm/s': 'm/s',
  'dB[SPL]': 'dB',
};

/** A UCUM code as people read it; annotations such as `{bicycle}` are looked up, then shown without braces. */
export function unitText(code: string, words: Words): string {
  if (code === '1' || code === '') {
    return '';
  }
  const annotation = /^\{(.+)\}(.*)$/.exec(code);
  if (annotation !== null) {
    const name = annotation[1] ?? '';
    const known = words.units[name as keyof Words['units']] as string | undefined;
    return `${known ?? name}${annotation[2] ?? ''}`;
  }
  return SIGNS[code] ?? code;
}
