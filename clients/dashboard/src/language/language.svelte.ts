import type { Bilingual } from '../api/types';
import type { Locale } from '../values/format';
import { de } from './de';
import { en } from './en';

/** The texts of the page; both dictionaries have exactly this shape. */
export type Words = typeof de;
export type LanguageId = 'de' | 'en';

const STORED_AS = 'quartier.language';
const LOCALES: Record<LanguageId, Locale> = { de: 'de-DE', en: 'en-GB' };

function initial(): LanguageId {
  const stored = localStorage.getItem(STORED_AS);
  if (stored === 'de' || stored === 'en') {
    return stored;
  }
  const preferred = navigator.languages.find((tag) => /^(de|en)\b/.test(tag));
  return preferred?.startsWith('en') ? 'en' : 'de';
}

class Language {
  id = $state<LanguageId>(initial());
  /** All texts in the chosen language. */
  readonly t: Words = $derived(this.id === 'de' ? de : en);
  readonly locale = $derived(LOCALES[this.id]);

  choose(id: LanguageId): void {
    this.id = id;
    localStorage.setItem(STORED_AS, id);
  }

  /** The right one of two texts from the registry. */
  pick(text: Bilingual): string {
    return text[this.id];
  }
}

export const language = new Language();
