import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../tools/registrar/src/main.ts', import.meta.url));
const program = ['--conditions=@registrar/source', main];

/** How a run of the registrar's command line ended. */
export interface ToolRun<T> {
  code: number;
  /** The result, as `--json` tells it. */
  result: T;
  err: string;
}

/** The registrar's command line, as a process of its own, signed in by mail and password. */
export class StaffTool {
  constructor(
    private readonly url: string,
    private readonly email: string,
    private readonly password: string,
  ) {}

  runCommand<T>(...args: string[]): Promise<ToolRun<T>> {
    const all = [...program, '--url', this.url, '--email', this.email, '--json', ...args];
    const env = { ...process.env, REGISTRAR_PASSWORD: this.password };
    return new Promise((resolve) => {
      execFile(process.execPath, all, { env }, (error, out, err) => {
        const result = (out === '' ? undefined : JSON.parse(out)) as T;
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, result, err });
      });
    });
  }
}
