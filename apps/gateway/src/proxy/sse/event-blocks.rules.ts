/** A stream whose event is longer than this is not one of ours. */
const maxBlockLength = 65_536;

/**
 * Cuts a stream of server-sent events into its blocks: what ends with an empty line, that line included.
 *
 * @throws Error for a block of more than 64 Ki characters
 */
export class EventBlocks {
  private rest = '';

  /** The blocks that `text` completes. */
  append(text: string): string[] {
    const parts = (this.rest + text).split('\n\n');
    this.rest = parts.pop() ?? '';
    if (this.rest.length > maxBlockLength) throw new Error('An event of the stream does not end.');
    return parts.map((block) => `${block}\n\n`);
  }
}

/** Whether a block carries an event, rather than a sign of life or a wish when to come back. */
export function isEvent(block: string): boolean {
  return block.startsWith('event:') || block.startsWith('data:') || block.startsWith('id:');
}

/** Whether a block is a comment: a sign of life. */
export function isComment(block: string): boolean {
  return block.startsWith(':');
}
