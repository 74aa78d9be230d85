/** The process of the local provider, which `npm start -- --oidc` starts: never part of a deployment. */
import { createServer } from 'node:http';
import { campusProvider } from './provider.ts';
import { campusVariable } from './settings.ts';
import type { CampusSettings } from './settings.ts';

const settings = JSON.parse(process.env[campusVariable] ?? '{}') as CampusSettings;
const server = createServer(campusProvider(settings));
process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
server.listen(settings.port, '127.0.0.1');
