export type { KnownUser } from './users-table.ts';
export * from './users.module.ts';
export * from './users.projection.ts';
export * from './users.repository.ts';
