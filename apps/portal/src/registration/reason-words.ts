import { useLingui } from '@lingui/react/macro';

/** Why a waiting student could not take a free seat, in a sentence, by the code of the rule; undefined for none. */
export function useReasonWords(): (code: string | null | undefined) => string | undefined {
  const { t } = useLingui();
  const words: Readonly<Record<string, string>> = {
    time_conflict: t`It meets at the same time as another of your courses.`,
    credit_limit_exceeded: t`It would take you over the credit limit.`,
    prerequisite_not_met: t`A prerequisite is not met yet.`,
    already_enrolled: t`You are enrolled in another section of it.`,
  };
  return (code) =>
    code === null || code === undefined ? undefined : (words[code] ?? t`It does not fit your schedule now.`);
}
