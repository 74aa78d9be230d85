export * from './cells.ts';
export * from './import-slots.ts';
export * from './last-of-each.ts';
export * from './read-import.ts';
