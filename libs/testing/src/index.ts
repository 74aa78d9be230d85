export * from './identity/test-issuer.ts';
