import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of the checkout: this file is tools/docker/src (or dist)/workspace. */
export const workspaceRoot: string = dirname(dirname(dirname(import.meta.dirname)));

/** What of a package.json matters for an image. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/** A package of the workspace, and its folder below the root. */
export interface Member {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Reads a JSON file. */
export function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

/** Every package of the workspace by its name. */
export function readMembers(root: string): Map<string, Member> {
  const { workspaces } = readManifest(join(root, 'package.json')) as Manifest & { workspaces: string[] };
  const files = workspaces.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }));
  const members = files.map((file) => ({
    folder: dirname(file),
    manifest: readManifest(join(root, file)),
  }));
  return new Map(members.map((member) => [member.manifest.name, member]));
}

/**
 * A package and all of the workspace that it depends on in production, itself first.
 *
 * @throws Error when the workspace has no such package
 */
export function withDependencies(members: ReadonlyMap<string, Member>, name: string): Member[] {
  const first = members.get(name);
  if (!first) throw new Error(`The workspace has no package ${name}.`);
  const found = new Map([[name, first]]);
  for (const { manifest } of found.values()) {
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      const member = members.get(dependency);
      if (member) found.set(dependency, member);
    }
  }
  return [...found.values()];
}

/** The manifest as it is deployed: what is for development (packages, scripts, Nx) is left out. */
export function deployed(manifest: Manifest): Manifest {
  const { devDependencies: _packages, scripts: _scripts, nx: _nx, ...rest } = manifest;
  return rest;
}
