import { execFileSync } from 'node:child_process';

/** Prints, as a JSON array, the deployable apps that the changes since NX_BASE affect: what images are built of. */
const shown = execFileSync('nx', ['show', 'projects', '--affected', '--projects=tag:type:app', '--json'], {
  encoding: 'utf8',
});
process.stdout.write(`${JSON.stringify((JSON.parse(shown) as string[]).sort())}\n`);
