export * from './enrollment.ts';
export * from './events.ts';
export * from './internal.ts';
export * from './import.ts';
export * from './roster.ts';
export * from './seats.ts';
export * from './courses-pact.ts';
