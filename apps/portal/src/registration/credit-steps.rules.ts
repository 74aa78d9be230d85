/** Credits are counted in quarters. */
const step = 0.25;

/** The credits that can be chosen, most first; only one where they are fixed. Quarters are exact. */
export function creditSteps({
  credits,
  minCredits,
}: {
  readonly credits: number;
  readonly minCredits: number | null;
}): readonly number[] {
  if (minCredits === null || minCredits >= credits) return [credits];
  return Array.from(
    { length: Math.floor((credits - minCredits) / step) + 1 },
    (_, at) => credits - at * step,
  );
}
