export * from './identity/test-issuer.ts';
export * from './chaos/tcp-chaos-proxy.ts';
