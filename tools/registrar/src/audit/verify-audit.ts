import { open } from 'node:fs/promises';
import { tell } from '../commands/context.ts';
import type { CommandOutput } from '../commands/context.ts';
import { UsageFault, exitCodes } from '../faults.ts';
import { ChainCheck } from './hash-chain.rules.ts';

/** Checks a file of `audit export`: whether every line is as it was exported, and the file whole. Asks no system. */
export async function verifyAudit(output: CommandOutput, file: string): Promise<number> {
  const check = new ChainCheck();
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageFault(`${file} cannot be read: ${error.code ?? error.message}.`);
  });
  for await (const line of handle.readLines()) check.addLine(line);
  const verdict = check.verdict();
  if (verdict.isWhole) {
    const { records, hash } = verdict;
    tell(output, verdict, `${file} is whole: ${records} records, the last hash is ${hash}.`);
    return exitCodes.done;
  }
  tell(output, verdict, `${file} is not as it was exported: line ${verdict.line} ${verdict.fault}`);
  return exitCodes.failed;
}
