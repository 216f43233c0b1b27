import { expect, test } from 'vitest';
import { controlPages, opens } from './control';

test('the public sees the public pages alone', () => {
  expect(controlPages(() => false)).toEqual(['register', 'published', 'ledger', 'policies', 'contracts']);
});

test('a right opens its page and no other', () => {
  expect(controlPages((right) => right === 'change-accounts')).toEqual(['register', 'published', 'ledger', 'policies', 'contracts', 'accounts', 'installation']);
});

test('the posture is for whoever may see it', () => {
  expect(controlPages((right) => right === 'see-posture')).toEqual(['register', 'published', 'ledger', 'policies', 'contracts', 'posture']);
});

test('the installation’s own ledger is for the data-protection officer and for the administrator', () => {
  expect(controlPages((right) => right === 'see-ledger')).toEqual(['register', 'published', 'ledger', 'policies', 'contracts', 'installation']);
});

test('a page of officers opens for its right alone, the public ones for everybody', () => {
  expect(opens('records', () => false)).toBe(false);
  expect(opens('records', (right) => right === 'see-records')).toBe(true);
  expect(opens('register', () => false)).toBe(true);
  expect(opens('data', () => false)).toBe(true);
});
