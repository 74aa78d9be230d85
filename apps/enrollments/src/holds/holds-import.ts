import type { Hold } from '@registrar/contracts-enrollments';
import type { Tables } from '@registrar/dynamodb';
import { z } from 'zod';
import type { StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import type {
  Decision,
  ImportMoment,
  LineVerdict,
  RecordImportKind,
} from '../record-import/record-import.ts';
import { holdKey, isSameHold, maxHolds, placeHolds } from './hold-changes.ts';
import type { HoldChange, NewHold } from './hold-changes.ts';

type HoldFields = Pick<Hold, 'office' | 'reason' | 'blocks'>;

const columns = ['office', 'reason'] as const;
const block = z.enum(['enroll', 'drop'], 'Use enroll, drop, or both as enroll|drop.');
const enrollOnly: Hold['blocks'] = ['enroll'];

const fields: z.ZodType<HoldFields> = z
  .object({
    office: z.string().min(1).max(100),
    reason: z.string().min(1).max(500),
    blocks: z
      .string()
      .transform((text) =>
        [...new Set(text.split('|').map((part) => part.trim()))].filter((part) => part !== ''),
      )
      .pipe(z.array(block))
      .optional(),
  })
  .transform(({ office, reason, blocks }) => {
    return { office, reason, blocks: blocks && blocks.length > 0 ? blocks : enrollOnly };
  });

/** What a decision about holds publishes. */
interface HoldDecision extends Decision {
  outbox?: HoldChange['outbox'];
}

/** Files of holds; one that is in force already changes nothing. @param publish is called for changes that stand */
export function holdsImport(
  tables: Tables,
  publish: (outbox: HoldChange['outbox']) => void,
): RecordImportKind<(typeof columns)[number], 'blocks', HoldFields> {
  return {
    name: 'holds',
    columns,
    optional: ['blocks'],
    fields,
    keyOf: holdKey,
    rejudges: false,
    decide: (record, lines, moment) => decide(tables, record, lines, moment),
    changed: ({ outbox }: HoldDecision) => {
      if (outbox) publish(outbox);
    },
  };
}

function decide(
  tables: Tables,
  record: StudentRecord,
  lines: readonly HoldFields[],
  { now, actorId }: ImportMoment,
): HoldDecision {
  const placed: NewHold[] = [];
  const verdicts = lines.map((line): LineVerdict => {
    if (record.holds.some((hold) => isSameHold(hold, line))) return 'unchanged';
    if (record.holds.length + placed.length >= maxHolds) {
      return { code: 'invalid_line', detail: `A student has at most ${maxHolds} holds in force.` };
    }
    placed.push({ ...line, placedAt: now, placedBy: actorId });
    return 'changed';
  });
  if (placed.length === 0) return { record: undefined, verdicts };
  const { record: after, actions, outbox } = placeHolds(tables, record, placed);
  return { record: after, actions, outbox, verdicts };
}
