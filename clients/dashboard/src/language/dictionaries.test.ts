import { expect, test } from 'vitest';
import { de } from './de';
import { en } from './en';

type Leaf = string | ((...parts: string[]) => string);

function leaves(node: object, path = ''): [string, Leaf][] {
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${name}.`) : [[`${path}${name}`, value as Leaf] as [string, Leaf]],
  );
}

/** Words that may be empty: a bare count has no unit. */
const EMPTY = new Set(['units.count']);

test('both languages have the same texts, and none is empty', () => {
  const english = new Map(leaves(en));
  expect([...english.keys()].sort()).toEqual(leaves(de).map(([path]) => path).sort());
  for (const [path, text] of [...leaves(de), ...english]) {
    const shown = typeof text === 'function' ? text('7', '8', '9', '10', '11', '12') : text;
    expect(shown.trim() !== '' || EMPTY.has(path), path).toBe(true);
    expect(shown, path).not.toMatch(/undefined|\$\{/);
  }
});

test('a text uses every part that it is given, in both languages alike', () => {
  const english = new Map(leaves(en));
  for (const [path, text] of leaves(de)) {
    const other = english.get(path);
    expect(typeof other, path).toBe(typeof text);
    if (typeof text === 'function' && typeof other === 'function') {
      const parts = ['⟨a⟩', '⟨b⟩', '⟨c⟩', '⟨d⟩', '⟨e⟩', '⟨f⟩'];
      const used = (f: (...p: string[]) => string): string[] => parts.filter((part) => f(...parts).includes(part));
      expect(used(other), path).toEqual(used(text));
    }
  }
});
