import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../../..');
const run = promisify(execFile);
const leftBehind = new Set(['node_modules', 'cdk.out', '.git', '.nx', '.local', '.vite', 'test-results']);

/**
 * A copy of the workspace as it is, in a folder of its own: a test may change it as it likes.
 *
 * It has what is built but no cache of Nx's. Packages are links to those of the workspace; the workspace's own
 * projects are links within the copy, as npm makes them.
 */
export class ScratchWorkspace {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async make(): Promise<ScratchWorkspace> {
    const scratch = new ScratchWorkspace(await mkdtemp(join(tmpdir(), 'registrar-scratch-')));
    await cp(root, scratch.directory, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !leftBehind.has(path.slice(path.lastIndexOf('/') + 1)),
    });
    await scratch.linkPackages();
    await scratch.linkProjects();
    return scratch;
  }

  /** Runs a program of the workspace in the copy; rejects with all that it said when it fails. */
  async runProgram(program: string, ...args: string[]): Promise<string> {
    const programs = join(this.directory, 'node_modules', '.bin');
    const env = {
      ...process.env,
      PATH: [programs, process.env['PATH'] ?? ''].join(delimiter),
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    };
    try {
      const { stdout, stderr } = await run(program, args, {
        cwd: this.directory,
        env,
        maxBuffer: 64 * 1_048_576,
      });
      return stdout + stderr;
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
    }
  }

  /** Links the projects under `folders` as npm does for workspaces; again, after new ones were made. */
  async linkProjects(): Promise<void> {
    const scope = join(this.directory, 'node_modules', '@registrar');
    await mkdir(scope, { recursive: true });
    for (const folder of ['apps', 'libs', 'libs/contracts', 'tools']) {
      for (const entry of await readdir(join(this.directory, folder))) {
        const project = join(this.directory, folder, entry);
        const name = await packageName(project);
        if (name === undefined) continue;
        const link = join(this.directory, 'node_modules', name);
        await rm(link, { force: true });
        await symlink(relative(scope, project), link);
      }
    }
  }

  /** Removes the copy. */
  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  private async linkPackages(): Promise<void> {
    await mkdir(join(this.directory, 'node_modules'));
    for (const entry of await readdir(join(root, 'node_modules'))) {
      if (entry === '@registrar') continue;
      await symlink(join(root, 'node_modules', entry), join(this.directory, 'node_modules', entry));
    }
    for (const folder of ['apps', 'libs', 'tools']) {
      for (const project of await readdir(join(root, folder))) {
        const own = join(root, folder, project, 'node_modules');
        const packages = (await namesIn(own)).filter((name) => !name.startsWith('.'));
        if (packages.length === 0) continue;
        const target = join(this.directory, folder, project, 'node_modules');
        await mkdir(target);
        for (const name of packages) await symlink(join(own, name), join(target, name));
      }
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function packageName(project: string): Promise<string | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as { name: string };
    return manifest.name;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
