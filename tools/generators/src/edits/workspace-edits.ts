import { updateJson } from '@nx/devkit';
import type { Tree } from '@nx/devkit';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  nx: { implicitDependencies: string[] };
}
interface References {
  references: { path: string }[];
}

/** Changes a file that must be there. */
export function edit(tree: Tree, path: string, change: (text: string) => string): void {
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} is not there.`);
  tree.write(path, change(text));
}

/** Lets `project` (its folder) use a library of the workspace: in its package.json and its references. */
export function useLibrary(tree: Tree, project: string, name: string, folder: string): void {
  updateJson(tree, `${project}/package.json`, (manifest: Manifest) => {
    manifest.dependencies[name] ??= '*';
    return manifest;
  });
  const depth = '../'.repeat(project.split('/').length);
  addReference(tree, `${project}/tsconfig.lib.json`, `${depth}${folder}/tsconfig.lib.json`);
}

/** Adds a project reference; once only. */
export function addReference(tree: Tree, config: string, path: string): void {
  updateJson(tree, config, (json: References) => {
    if (!json.references.some((reference) => reference.path === path)) json.references.push({ path });
    return json;
  });
}

/** Lets a change of `name` affect `project` (its folder), which runs it without importing it. */
export function dependImplicitly(tree: Tree, project: string, name: string): void {
  updateJson(tree, `${project}/package.json`, ({ nx, ...manifest }: Manifest) => {
    const implicitDependencies = [...new Set([...nx.implicitDependencies, name])];
    return { ...manifest, nx: { ...nx, implicitDependencies } };
  });
}
