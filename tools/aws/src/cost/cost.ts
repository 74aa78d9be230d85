import { writeFileSync } from 'node:fs';
import {
  architectureBill,
  architectureFile,
  readPriceList,
  totalOf,
  type Architecture,
  type BillLine,
  type PriceList,
} from '@registrar/costs';
import { readDeployment } from '../deployment/deployment.ts';
import { systemOf } from '../system.ts';
import { fleetOf } from './fleet-of.ts';

/** What a deployment costs in a month. */
export interface Estimate {
  readonly deployment: string;
  readonly region: string;
  readonly asOf: string;
  readonly lines: readonly BillLine[];
  readonly totalUsd: number;
}

/** The estimate of a deployment, from what CDK synthesises of it and the month that `prices.json` describes. */
export function estimateOf(name: string, list: PriceList = readPriceList()): Estimate {
  const lines = architectureBill(list.typicalMonth, fleetOf(systemOf(readDeployment(name))), list);
  return { deployment: name, region: list.region, asOf: list.asOf, lines, totalUsd: totalOf(lines) };
}

/** The estimate as a table for a terminal. */
export function tableOf({ deployment, region, asOf, lines, totalUsd }: Estimate): string {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
  const [what, how] = [widest(lines.map((line) => line.what)), widest(lines.map((line) => line.how))];
  const row = (first: string, second: string, usd: number): string =>
    `${first.padEnd(what)}  ${second.padEnd(how)}  ${`$${usd.toFixed(2)}`.padStart(9)}`;
  return [
    `A month of ${deployment}, ${region}, list prices of ${asOf}`,
    ...lines.map((line) => row(line.what, line.how, line.usd)),
    row('together', '', totalUsd),
  ].join('\n');
}

/** What the deployments consist of, as `architecture.json` keeps it for others. */
export function architectureNow(): Architecture {
  const fleet = (name: string) => fleetOf(systemOf(readDeployment(name)));
  return { smallest: fleet('smallest'), production: fleet('production') };
}

/** Writes `architecture.json`. */
export function writeArchitecture(): void {
  writeFileSync(architectureFile, `${JSON.stringify(architectureNow(), null, 2)}\n`);
}
