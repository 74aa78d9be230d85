/**
 * Stands in for an app where this tool itself is tested: it is ready at once, and ends as it is told.
 *
 * `STUB_APP_FAULT=start` makes it end at its start, as a wrong configuration does.
 */
import { createServer } from 'node:http';

const { PORT, MANAGEMENT_PORT, HOST, STUB_APP_FAULT } = process.env;

if (STUB_APP_FAULT === 'start') {
  process.stderr.write('stub cannot start. The configuration is not valid\n');
  process.exit(1);
}

const server = createServer((_, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(process.env));
}).listen(Number(PORT), HOST);
const management = createServer((_, response) => response.end('')).listen(Number(MANAGEMENT_PORT), HOST);
process.stdout.write(`${JSON.stringify({ level: 'warn', msg: 'stub listens' })}\n`);

process.once('SIGTERM', () => {
  for (const each of [server, management]) {
    each.closeAllConnections();
    each.close();
  }
});
