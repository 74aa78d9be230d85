/** The pure part: without zod, so that a browser can have it too. */
export * from './grade-scale.ts';
export * from './match.rules.ts';
export * from './meeting.rules.ts';
export * from './requirement-words.ts';
export * from './requirement.rules.ts';
