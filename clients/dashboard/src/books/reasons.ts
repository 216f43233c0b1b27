import { language } from '../language/language.svelte';

/** A refusal reason for people; one that this page does not know yet is shown as it is. */
export function reasonText(reason: string): string {
  return (language.t.refusal as Record<string, string | undefined>)[reason] ?? reason;
}
