import { isHeld } from './judge-sections.rules.ts';
import type { JudgedSection } from './judge-sections.rules.ts';
import type { Loss } from './offered-section.ts';

/** How much of a catalogue is held, in sections; `held` and the two after it add up to `sections`. */
export interface HeldShare {
  readonly sections: number;
  /** As the file has them. */
  readonly held: number;
  readonly loadedWithLoss: number;
  readonly notLoaded: number;
  /** What `held` would be with unread rules left to permits. */
  readonly heldByPermit: number;
  /** Of `sections`, those with such a loss; one may have several. */
  readonly byKind: Readonly<Record<Loss['kind'], number>>;
}

/** A cause, and in how many sections it is. */
export interface CauseCount {
  readonly kind: Loss['kind'];
  readonly cause: string;
  readonly sections: number;
  /** Of the first of them. */
  readonly example: string;
}

/** Counts what is held. */
export function shareOf(judged: readonly JudgedSection[]): HeldShare {
  const held = judged.filter(isHeld).length;
  const notLoaded = judged.filter(({ offered }) => offered === undefined).length;
  const withKind = (kind: Loss['kind']) =>
    judged.filter(({ losses }) => losses.some((loss) => loss.kind === kind)).length;
  return {
    sections: judged.length,
    held,
    loadedWithLoss: judged.length - held - notLoaded,
    notLoaded,
    heldByPermit: judged.filter(isHeldByPermit).length,
    byKind: {
      model: withKind('model'),
      source: withKind('source'),
      text: withKind('text'),
      refused: withKind('refused'),
    },
  };
}

/** Whether nothing is lost but rules that stay texts. */
function isHeldByPermit({ offered, losses }: JudgedSection): boolean {
  return offered !== undefined && losses.every(({ kind }) => kind === 'text');
}

/** Causes of losses, the commonest first. */
export function causesOf(judged: readonly JudgedSection[]): CauseCount[] {
  const found = new Map<
    string,
    { kind: Loss['kind']; cause: string; sections: Set<JudgedSection>; example: string }
  >();
  for (const section of judged) {
    for (const { kind, cause, detail } of section.losses) {
      const key = `${kind} ${cause}`;
      const count = found.get(key) ?? {
        kind,
        cause,
        sections: new Set(),
        example: `${section.name}: ${detail}`,
      };
      found.set(key, count);
      count.sections.add(section);
    }
  }
  return [...found.values()]
    .map(({ sections, ...each }) => ({ ...each, sections: sections.size }))
    .sort((a, b) => b.sections - a.sections);
}

/** Remarks, each with the number of sections that it is about, the commonest first. */
export function remarksOf(judged: readonly JudgedSection[]): { remark: string; sections: number }[] {
  const counts = new Map<string, number>();
  for (const { remarks } of judged)
    for (const remark of new Set(remarks)) counts.set(remark, (counts.get(remark) ?? 0) + 1);
  return [...counts]
    .map(([remark, sections]) => ({ remark, sections }))
    .sort((a, b) => b.sections - a.sections);
}
