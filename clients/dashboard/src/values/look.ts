/**
 * How a value must look. The looks differ in more than colour: a missing value is hatched and says so, a stale one is
 * grey and carries its age, a withheld one carries a lock; zero is a value like any other.
 */
export type Look = 'value' | 'stale' | 'missing' | 'withheld';

export interface Valued {
  value: number | null;
  stale: boolean;
  withheld?: string | null;
}

export function lookOf(of: Valued): Look {
  if (of.withheld) {
    return 'withheld';
  }
  if (of.value === null) {
    return 'missing';
  }
  return of.stale ? 'stale' : 'value';
}
