/** A random Idempotency-Key; `crypto.randomUUID` needs a secure context, which plain http beyond loopback is not. */
export function makeKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
