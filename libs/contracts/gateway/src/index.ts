export * from './events.ts';
export * from './internal.ts';
