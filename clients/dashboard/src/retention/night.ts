import type { Format } from '../values/format';

/** Which night a run was of: the nightly run names a day, one that somebody began names its instant. */
export const night = (text: string, format: Format, byHand: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? format.date(`${text}T12:00:00Z`) : `${format.stamp(text)} (${byHand})`;
