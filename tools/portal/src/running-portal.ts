import { parseArgs } from 'node:util';

/** A fault that is said in one line, without a stack. */
export class PortalFault extends Error {}

const standardUrl = 'http://127.0.0.1:3000';

/** The options of a command that talks to a running portal. */
export interface PortalOptions {
  /** Origin of the gateway, without a slash at its end. */
  readonly url: string;
  /** How often each screen is visited. */
  readonly runs: number;
  /** A page of the docs is written. */
  readonly writes: boolean;
}

/** Reads `--url`, `--runs` and `--write`. @throws PortalFault for any other argument */
export function portalOptions(args: readonly string[]): PortalOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string', default: standardUrl },
        runs: { type: 'string', default: '5' },
        write: { type: 'boolean', default: false },
      },
    });
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs must be a whole number above 0');
    return { url: new URL(values.url).origin, runs, writes: values.write };
  } catch (error) {
    throw new PortalFault(
      `${(error as Error).message}. Options: --url ${standardUrl}, --runs 5, --write (into the docs).`,
    );
  }
}

/** @throws PortalFault that says what to do where no portal answers at `url` */
export async function checkPortal(url: string): Promise<void> {
  let page: Response | undefined;
  try {
    page = await fetch(`${url}/courses`, { headers: { accept: 'text/html' } });
  } catch {
    // Said below.
  }
  if (page?.headers.get('content-type')?.startsWith('text/html') !== true)
    throw new PortalFault(
      `No portal answers at ${url}. Run \`npm start\` in another terminal, or name an address by --url.`,
    );
}

/** Writes a line for the user of the command. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a command; a PortalFault is said in one line and makes the exit code 1. */
export async function runCommand(command: (options: PortalOptions) => Promise<void>): Promise<void> {
  try {
    const options = portalOptions(process.argv.slice(2));
    await checkPortal(options.url);
    await command(options);
  } catch (error) {
    if (!(error instanceof PortalFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
