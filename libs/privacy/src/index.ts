export * from './export/export.routes.ts';
export * from './personal-data.ts';
export * from './personal-data-registry.ts';
export * from './privacy.module.ts';
