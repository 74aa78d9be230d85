/** What the gateway uses of its proxy. */
export { openFrontDoor } from './front/open-front-door.ts';
export { ProxyModule } from './proxy.module.ts';
