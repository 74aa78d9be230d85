/** What the gateway uses of its proxy. */
export { installEdgeProxy } from './edge-proxy/install-edge-proxy.ts';
export { ProxyModule } from './proxy.module.ts';
