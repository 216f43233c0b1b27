import type { Words } from '../language/language.svelte';

/** Why a read is denied, in a few words; the reason itself for one that the page does not know yet. */
export function reasonName(reason: string, t: Words): string {
  return (t.permissions.reasons as Record<string, string | undefined>)[reason] ?? reason;
}
