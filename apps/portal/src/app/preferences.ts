import { useSyncExternalStore } from 'react';
import type { Messages } from '@lingui/core';
import { i18n } from '@lingui/core';
import { keepStored, onStoredElsewhere, readStored } from '../api/storage.ts';

/** What the reader chose for this browser. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  /** A locale of the portal; undefined follows the browser. */
  readonly language: Language | undefined;
  /** Single-letter shortcuts (WCAG 2.1.4 asks that they can be switched off). */
  readonly shortcuts: boolean;
}

/** One lazy catalogue of messages for each language. `pseudo` is English made longer, right to left: for tests. */
const catalogues = {
  en: () => import('../locales/en/messages.po'),
  de: () => import('../locales/de/messages.po'),
  pseudo: () => import('../locales/pseudo/messages.po'),
} satisfies Record<string, () => Promise<{ messages: Messages }>>;

/** A language of the portal. */
export type Language = keyof typeof catalogues;

/** The language tag by which `Intl` and `html lang` know a language. */
export function tagOf(language: string): string {
  return language === 'pseudo' ? 'en' : language;
}

const name = 'preferences';
const standard: Preferences = { theme: 'system', language: undefined, shortcuts: true };
const darkScheme = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let preferences: Preferences = { ...standard, ...readStored<Partial<Preferences>>(name) };

/** Changes preferences of this browser; every tab follows. */
export async function changePreferences(changes: Partial<Preferences>): Promise<void> {
  preferences = { ...preferences, ...changes };
  keepStored(name, preferences);
  await applyPreferences();
}

/** The reader's preferences. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => preferences);
}

/** The preferences, outside components. */
export function currentPreferences(): Preferences {
  return preferences;
}

/** Sets theme and language of the page by the preferences, and keeps them so. */
export async function startPreferences(): Promise<void> {
  darkScheme.addEventListener('change', () => applyTheme());
  onStoredElsewhere(name, () => {
    preferences = { ...standard, ...readStored<Partial<Preferences>>(name) };
    void applyPreferences();
  });
  await applyPreferences();
}

async function applyPreferences(): Promise<void> {
  applyTheme();
  await applyLanguage(languageFor(preferences.language));
  for (const listener of listeners) listener();
}

function applyTheme(): void {
  const { theme } = preferences;
  document.documentElement.dataset['theme'] =
    theme === 'system' ? (darkScheme.matches ? 'dark' : 'light') : theme;
}

async function applyLanguage(language: Language): Promise<void> {
  if (i18n.locale === language) return;
  const { messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = tagOf(language);
  document.documentElement.dir = language === 'pseudo' ? 'rtl' : 'ltr';
}

function languageFor(chosen: Language | undefined): Language {
  if (chosen !== undefined) return chosen;
  const preferred = navigator.languages
    .map((tag) => tag.slice(0, 2))
    .find((tag) => tag === 'en' || tag === 'de');
  return preferred === 'de' ? 'de' : 'en';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
