import type { Load, Loaded } from '../reading/cache-answer.ts';

/** The truth behind a cache: one number that writers raise, read by loads that can be held back. */
export class VersionedSource {
  version = 1;
  loads = 0;
  private gate: Promise<void> = Promise.resolve();

  /** Loads begin, and end only when what this gives is called. */
  hold(): () => void {
    let open: () => void = () => undefined;
    this.gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  /** Reads the number as it is now. */
  readonly load: Load = async (): Promise<Loaded> => {
    this.loads += 1;
    const { version } = this;
    await this.gate;
    return { body: String(version), versions: version };
  };

  /** Commits the next number. */
  commit(): number {
    this.version += 1;
    return this.version;
  }
}
