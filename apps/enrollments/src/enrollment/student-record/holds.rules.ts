import type { ActiveHold } from './student-record.types.ts';

/** What a hold can stop. */
type Blocked = ActiveHold['blocks'][number];

/** Active holds that stop this. */
export function holdsThat(holds: readonly ActiveHold[], blocked: Blocked): ActiveHold[] {
  return holds.filter(({ blocks }) => blocks.includes(blocked));
}

/** A refusal by holds in words: who placed them and what to do. The reason is shown where the student reads the own holds. */
export function holdDetail(holds: readonly ActiveHold[], blocked: Blocked): string {
  const offices = [...new Set(holds.map(({ office }) => office))];
  const what = blocked === 'enroll' ? 'enrolling' : 'dropping courses';
  const who =
    offices.length > 1 ? `${offices.slice(0, -1).join(', ')} and ${offices.at(-1) ?? ''}` : offices[0];
  const [has, them] = offices.length > 1 ? ['have placed holds', 'them'] : ['has placed a hold', 'it'];
  return `${who ?? ''} ${has} on your account that ${offices.length > 1 ? 'stop' : 'stops'} ${what}. Contact ${
    offices.length > 1 ? 'these offices' : 'that office'
  } to have ${them} released.`;
}

/** The values of such a refusal. */
export function holdParams(holds: readonly ActiveHold[], blocked: Blocked) {
  return {
    blocks: blocked,
    holds: holds.map(({ id, office, reason, placedAt }) => ({ id, office, reason, placedAt })),
  };
}
