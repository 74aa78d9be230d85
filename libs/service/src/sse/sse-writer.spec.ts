import { describe, expect, it } from 'vitest';
import { SseWriter, eventBlock } from './sse-writer.ts';

function sink() {
  const written: string[] = [];
  return {
    written,
    pendingBytes: 0,
    write: (text: string) => void written.push(text),
    end: () => void written.push('(end)'),
    cut: () => void written.push('(cut)'),
  };
}

describe('SseWriter', () => {
  it('writes events, comments and heartbeats, and says when to come back as it ends', () => {
    const client = sink();
    const writer = new SseWriter(client, 10);
    writer.writeBlock(eventBlock('seats', 7, '{}'));
    writer.writeComment('open');
    writer.writeHeartbeat();
    writer.end(1_500.4);
    writer.end(1);
    writer.writeHeartbeat();
    expect(client.written).toEqual([
      'event: seats\nid: 7\ndata: {}\n\n',
      ': open\n\n',
      ': still here\n\n',
      'retry: 1500\n\n',
      '(end)',
    ]);
  });

  it('reports a client that does not read', () => {
    const client = sink();
    const writer = new SseWriter(client, 10);
    client.pendingBytes = 10;
    expect(writer.writeHeartbeat()).toBe(true);
    client.pendingBytes = 11;
    expect(writer.writeHeartbeat()).toBe(false);
    writer.cut();
    expect(client.written.at(-1)).toBe('(cut)');
  });
});
