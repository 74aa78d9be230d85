import type { useLingui } from '@lingui/react/macro';

/** The reader's messages: the `t` of Lingui's macro, handed to functions that find words outside components. */
export type Translate = ReturnType<typeof useLingui>['t'];
