export * from './client.ts';
export * from './define-routes.ts';
export * from './problem.ts';
export * from './route.ts';
export * from './route-types.ts';
export * from './scopes.ts';
