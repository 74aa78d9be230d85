export * from './document-routes.ts';
export * from './events.ts';
export * from './http.ts';
export * from './internal-pacts.ts';
export * from './internal-routes.ts';
export * from './internal.ts';
export * from './portal.ts';
export * from './routes.ts';
