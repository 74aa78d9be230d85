/** What the gateway uses of the documents of its API. */
export { ApiDocsModule } from './api-docs.module.ts';
