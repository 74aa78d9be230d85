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

type Catalogue = () => Promise<{ messages: Messages }>;

/**
 * Lazy catalogues of messages by language: `main`, and those of what few pages need. `pseudo` is English made longer,
 * right to left: for tests.
 */
const catalogues = {
  main: {
    en: () => import('../locales/en/messages.po'),
    de: () => import('../locales/de/messages.po'),
    pseudo: () => import('../locales/pseudo/messages.po'),
  },
  account: {
    en: () => import('../locales/en/account.po'),
    de: () => import('../locales/de/account.po'),
    pseudo: () => import('../locales/pseudo/account.po'),
  },
} satisfies Record<string, Record<string, Catalogue>>;

/** A language of the portal. */
export type Language = keyof (typeof catalogues)['main'];

/** A part of the portal with a catalogue of its own. */
type Part = keyof typeof catalogues;

/** Parts whose messages the pages of this tab need. */
const parts = new Set<Part>(['main']);

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
  await Promise.all([...parts].map((part) => loadPart(part, language)));
  i18n.activate(language);
  document.documentElement.lang = tagOf(language);
  document.documentElement.dir = language === 'pseudo' ? 'rtl' : 'ltr';
}

/** Loads code together with the messages of its part; a change of the language loads those too. */
export async function withMessages<T>(part: Part, load: () => Promise<T>): Promise<T> {
  parts.add(part);
  const [loaded] = await Promise.all([load(), loadPart(part, languageFor(preferences.language))]);
  return loaded;
}

async function loadPart(part: Part, language: Language): Promise<void> {
  const { messages } = await catalogues[part][language]();
  i18n.load(language, messages);
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
