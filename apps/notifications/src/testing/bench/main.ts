import { loadavg } from 'node:os';
import { Logger } from '@nestjs/common';
import { burst, burstUnderFire } from './burst.ts';
import { enroll } from './enroll.ts';
import { rate } from './rate.ts';

// A notice of kafkajs and one of node that say nothing about what is measured.
Logger.overrideLogger(false);

const parts = { burst, fire: burstUnderFire, rate, enroll };
const asked = process.argv.slice(2);
const chosen = Object.entries(parts).filter(([name]) => asked.length === 0 || asked.includes(name));
if (chosen.length === 0) throw new Error(`say which of: ${Object.keys(parts).join(', ')}`);

const print = (line: string) => process.stdout.write(`${line}\n`);
for (const [, measure] of chosen) {
  await measure(print);
  print(
    `  (load of the machine: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')})`,
  );
}
