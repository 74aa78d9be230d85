export * from './campus-time.ts';
