/**
 * `npm run contracts -- check`: fails where an event or a body is no longer what others rely on, and says which.
 * `npm run contracts -- release [--breaking]`: the schemas of now are those that the next check compares with.
 */
import { published } from './published.ts';
import { compare, release } from './released.ts';

const [command, flag] = process.argv.slice(2);
if (command !== 'check' && command !== 'release') throw new Error('Say check or release.');
const findings = compare(published());
const breaking = findings.filter(({ state }) => state === 'breaking');
for (const { schema, state, faults } of findings) {
  if (state !== 'same') console.log(`${state}: ${schema}`);
  for (const fault of faults) console.log(`  ${fault}`);
}
if (breaking.length > 0 && !(command === 'release' && flag === '--breaking')) {
  console.log(`${breaking.length} of ${findings.length} schemas would break those who rely on them.`);
  process.exitCode = 1;
} else if (command === 'release') {
  await release(published());
  console.log(`${findings.length} schemas are released.`);
} else {
  console.log(`${findings.length} schemas fit what is released.`);
}
