/**
 * Packs one built package of the workspace alone, ready to install and run elsewhere:
 *
 *     node tools/docker/src/pack-app.ts @registrar/courses /tmp/courses
 *     cd /tmp/courses && npm ci --omit=dev --ignore-scripts && node main.js
 *
 * The folder then holds the package and the libraries it depends on, as built, in the places they have in the
 * workspace, and a lock file of their production dependencies alone. The images are made of it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Member } from './workspace.ts';
import { deployed, readManifest, readMembers, withDependencies, workspaceRoot } from './workspace.ts';

/** Types, maps and the compiler's notes: nothing that runs reads them. */
const notRun = /\.(d\.ts|map|tsbuildinfo)$/;

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

function copyBuilt({ folder, manifest }: Member, target: string): void {
  const built = join(workspaceRoot, folder, 'dist');
  if (!existsSync(built)) throw new Error(`${manifest.name} is not built: run "npx nx build" for it first.`);
  cpSync(built, join(target, folder, 'dist'), { recursive: true, filter: (path) => !notRun.test(path) });
  for (const file of readdirSync(join(workspaceRoot, folder))) {
    if (file === 'tables.json') cpSync(join(workspaceRoot, folder, file), join(target, folder, file));
  }
  writeJson(join(target, folder, 'package.json'), deployed(manifest));
}

/** npm itself takes out of the whole lock file what the packages here do not need; it asks no registry. */
function pruneLockfile(target: string): void {
  const flags = ['--package-lock-only', '--omit-lockfile-registry-resolved', '--ignore-scripts'];
  const logFlags = ['--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', '--offline', ...flags, ...logFlags], { cwd: target, stdio: 'inherit' });
}

function packApp(name: string, target: string): void {
  if (existsSync(target) && readdirSync(target).length > 0) throw new Error(`${target} is not empty.`);
  mkdirSync(target, { recursive: true });
  const members = withDependencies(readMembers(workspaceRoot), name);
  for (const member of members) copyBuilt(member, target);
  const { version } = readManifest(join(workspaceRoot, 'package.json'));
  const workspaces = members.map(({ folder }) => folder).sort();
  writeJson(join(target, 'package.json'), {
    name: 'registrar',
    version,
    private: true,
    type: 'module',
    workspaces,
  });
  const [app] = members;
  if (typeof app?.manifest['main'] === 'string') {
    writeFileSync(join(target, 'main.js'), `import './${join(app.folder, app.manifest['main'])}';\n`);
  }
  cpSync(join(workspaceRoot, 'package-lock.json'), join(target, 'package-lock.json'));
  pruneLockfile(target);
}

const [name, target] = process.argv.slice(2);
if (name === undefined || target === undefined) {
  throw new Error('Usage: node tools/docker/src/pack-app.ts <package> <empty folder>');
}
packApp(name, resolve(target));
