import { useLingui } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import type { Speech } from './refusal-words.ts';

/** What words of refusals are made with, in the reader's language. */
export function useSpeech(): Speech {
  const { t, i18n } = useLingui();
  return { t, format: useFormat(), locale: i18n.locale };
}
