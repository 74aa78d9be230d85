import type { Loss } from './offered-section.ts';

/** Credits as the API takes them. */
export interface CreditFields {
  readonly credits: number;
  readonly minCredits?: number;
}

const quarter = (credits: number) => Number.isInteger(credits * 4);

/**
 * Credits as catalogues write them: "4", "1–4", "1 to 12", "2 or 4", "2, 4, 6".
 *
 * @returns a loss too where a course holds them only as a range, or not at all
 */
export function creditsOf(text: string): { fields: CreditFields | null; losses: Loss[] } {
  const amounts = text.trim().replaceAll(/[\u2010-\u2015]/g, '-');
  const lossOf = (kind: Loss['kind'], cause: string): Loss => ({ kind, cause, detail: `credits "${text}"` });
  if (amounts === '') return { fields: null, losses: [lossOf('source', 'Credits are not said.')] };
  const range = /^(\d+(?:\.\d+)?) ?(?:-|to) ?(\d+(?:\.\d+)?)$/.exec(amounts);
  const list = amounts.split(/,? or |, ?/);
  const values = (range ? range.slice(1) : list).map(Number);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (!values.every((value) => Number.isFinite(value)))
    return { fields: null, losses: [lossOf('source', 'Credits are not a number, a range or a choice.')] };
  if (!values.every(quarter))
    return { fields: { credits: most }, losses: [lossOf('model', 'Credits are not in quarters.')] };
  if (least === most) return { fields: { credits: most }, losses: [] };
  if (least < 0.25)
    return {
      fields: { credits: most, minCredits: 0.25 },
      losses: [lossOf('model', 'Variable credits begin at 0; the least is 0.25.')],
    };
  const isSteps = !range && !isEveryQuarter(values);
  return {
    fields: { credits: most, minCredits: least },
    losses: isSteps
      ? [lossOf('model', 'Only some amounts between the least and the most credits are offered.')]
      : [],
  };
}

/** A choice of amounts is a range where a student could not name another one. */
function isEveryQuarter(values: readonly number[]): boolean {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.every((value, at) => at === 0 || value - (sorted[at - 1] ?? value) <= 0.25);
}

/** A description with what the fields of a course do not say, a paragraph each. Nothing is cut. */
export function describe(description: string | null | undefined, parts: readonly string[]): string {
  return [description?.trim() ?? '', ...parts].filter((part) => part !== '').join('\n\n');
}
