/**
 * Values kept by this browser over reloads, as JSON.
 *
 * Failure: none. Where storage is full or forbidden, values live as long as the tab.
 */
const memory = new Map<string, string>();
const prefix = 'registrar:';

/** Reads a value; undefined where there is none, or it cannot be read. */
export function readStored<T>(name: string): T | undefined {
  const text = readText(prefix + name);
  if (text === null || text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Keeps a value; undefined removes it. */
export function keepStored(name: string, value: unknown): void {
  const key = prefix + name;
  try {
    if (value === undefined) {
      memory.delete(key);
      localStorage.removeItem(key);
      return;
    }
    memory.set(key, JSON.stringify(value));
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the copy in memory serves this tab.
  }
}

/** Whether values outlive the tab. */
export function isStorageUsable(): boolean {
  try {
    localStorage.setItem(`${prefix}probe`, '1');
    localStorage.removeItem(`${prefix}probe`);
    return true;
  } catch {
    return false;
  }
}

/** Calls back when another tab changes the value of that name. Returns the way to stop. */
export function onStoredElsewhere(name: string, changed: () => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === prefix + name) changed();
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}

function readText(key: string): string | null | undefined {
  try {
    return localStorage.getItem(key) ?? memory.get(key);
  } catch {
    return memory.get(key);
  }
}
