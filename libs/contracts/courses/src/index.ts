export * from './course.ts';
export * from './events.ts';
export * from './semester.ts';
