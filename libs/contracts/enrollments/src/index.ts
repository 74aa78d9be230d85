export * from './enrollment.ts';
export * from './events.ts';
export * from './internal.ts';
