/** What the gateway uses of the portal. */
export { PortalModule } from './portal.module.ts';
export { Portal, portalMethods } from './portal.ts';
export { sendFile } from './send-file.ts';
