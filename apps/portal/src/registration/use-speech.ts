import { useLingui } from '@lingui/react';
import { useFormat } from '../app/format.ts';
import type { Speech } from './refusal-words.ts';

/** What words of refusals are made with, in the reader's language. */
export function useSpeech(): Speech {
  const { i18n } = useLingui();
  return { format: useFormat(), locale: i18n.locale };
}
