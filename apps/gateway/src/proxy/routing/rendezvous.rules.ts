/**
 * `nodes` in the order in which they are responsible for `key` (rendezvous hashing): when one leaves, only its
 * keys move, each to its second choice.
 */
export function inOrderOfResponsibility<Node>(
  nodes: readonly Node[],
  nameOf: (node: Node) => string,
  key: string,
): Node[] {
  return nodes
    .map((node) => ({ node, weight: fnv1a(`${nameOf(node)} ${key}`) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ node }) => node);
}

/** FNV-1a, 32 bits, with a final mix: its low bits alone are too even for short keys. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
