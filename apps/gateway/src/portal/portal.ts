import type { PortalFile } from './portal-file.ts';

/** Methods of every path of the portal. */
export const portalMethods = ['GET', 'HEAD'] as const;

/**
 * The portal: its page at each of its paths, and its files by name.
 *
 * Guarantee: only what was read at start is ever served; a look-up touches no disk.
 */
export class Portal {
  private readonly literal: ReadonlySet<string>;
  private readonly patterns: readonly RegExp[];

  /** @param paths those of the page; `:name` stands for one segment */
  constructor(
    private readonly files: ReadonlyMap<string, PortalFile>,
    paths: readonly string[],
    private readonly page: PortalFile | undefined,
  ) {
    this.literal = new Set(paths.filter((path) => !path.includes(':')));
    this.patterns = paths
      .filter((path) => path.includes(':'))
      .map((path) => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`));
  }

  /** The file that is served at a normalised path; undefined where the portal has none. */
  fileAt(path: string): PortalFile | undefined {
    const isPage = this.literal.has(path) || this.patterns.some((pattern) => pattern.test(path));
    return isPage ? this.page : this.files.get(path);
  }
}
