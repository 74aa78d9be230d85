export * from './course.ts';
export * from './events.ts';
export * from './http.ts';
export * from './routes.ts';
export * from './semester.ts';
