import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/status.tsx';
import { Status } from '../ui/status.tsx';
import type { Standing } from './week.rules.ts';

const tones: Readonly<Record<Standing, Tone>> = {
  enrolled: 'ok',
  waiting: 'waiting',
  planned: 'neutral',
  preview: 'neutral',
};

/** The icon of each standing. */
export const standingIcons: Readonly<Record<Standing, IconName>> = {
  enrolled: 'check',
  waiting: 'queue',
  planned: 'pencil',
  preview: 'search',
};

/** A standing in the reader's language. */
export function standingWord(standing: Standing): string {
  switch (standing) {
    case 'enrolled':
      return t`Enrolled`;
    case 'waiting':
      return t`Waiting`;
    case 'planned':
      return t`Planned`;
    case 'preview':
      return t`Preview`;
  }
}

/** How the reader stands in a course of the week. */
export function StandingStatus({ standing }: { readonly standing: Standing }) {
  useLingui();
  return (
    <Status tone={tones[standing]} icon={standingIcons[standing]}>
      {standingWord(standing)}
    </Status>
  );
}
