import { t } from '@lingui/core/macro';
import type { Course } from './use-courses-by-id.ts';

/** What part of a course a section is, in the reader's language. */
export function componentWord(component: Course['component']): string {
  switch (component) {
    case 'lecture':
      return t`Lecture`;
    case 'lab':
      return t`Lab`;
    case 'discussion':
      return t`Discussion`;
    case 'recitation':
      return t`Recitation`;
    case 'tutorial':
      return t`Tutorial`;
    case 'seminar':
      return t`Seminar`;
    case 'studio':
      return t`Studio`;
    case 'other':
      return t`Other`;
  }
}
