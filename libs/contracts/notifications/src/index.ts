export * from './notification-params.ts';
export * from './notification-types.ts';
export * from './notification.ts';
export * from './preferences.ts';
export * from './routes.ts';
/** Topics that the notifications service publishes: none. */
export const topics: { name: string; partitions: number; retention: number | 'unlimited' }[] = [];
