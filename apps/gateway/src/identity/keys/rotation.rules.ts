/** How long a new key is published before it signs: every service has read it by then. */
export const publishedBeforeMs = 60_000;

/** How long a key that signs no more stays published: longer than any token that it signed may live. */
export const publishedAfterMs = 20 * 60_000;

/** The key that signs at `now`: the newest whose time has come, or the earliest where none has. */
export function signerAt<Key extends { signsFrom: number }>(
  keys: readonly Key[],
  now: number,
): Key | undefined {
  const inOrder = [...keys].sort((a, b) => a.signsFrom - b.signsFrom);
  return inOrder.findLast(({ signsFrom }) => signsFrom <= now) ?? inOrder[0];
}

/** The keys that are still of use at `now`: those a living token may carry, the signer, and those to come. */
export function keysInUse<Key extends { signsFrom: number }>(keys: readonly Key[], now: number): Key[] {
  const inOrder = [...keys].sort((a, b) => a.signsFrom - b.signsFrom);
  return inOrder.filter((_, at) => {
    const successor = inOrder[at + 1];
    return successor === undefined || successor.signsFrom + publishedAfterMs > now;
  });
}
