export * from './answers/file-answer.ts';
export * from './answers/cached-answer.ts';
export * from './audit/read-audit.ts';
export * from './call/call.ts';
export * from './call/event-request.ts';
export * from './endpoint.ts';
export * from './endpoint.module.ts';
export * from './health/health.routes.ts';
