import { Command } from 'commander';
import { estimateOf, tableOf, writeArchitecture } from './cost.ts';

/** How the command line may be used. */
interface Options {
  readonly deployment: string;
  readonly json: boolean;
  readonly write: boolean;
}

const program = new Command('cost')
  .description('What the system costs on AWS in a month.')
  .option('--deployment <name>', 'which of tools/aws/deployments', 'production')
  .option('--json', 'as JSON', false)
  .option('--write', 'first writes tools/costs/architecture.json again', false);
const { deployment, json, write } = program.parse().opts<Options>();
if (write) writeArchitecture();
const estimate = estimateOf(deployment);
console.log(json ? JSON.stringify(estimate, null, 2) : tableOf(estimate));
