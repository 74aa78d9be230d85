import type { CachedBody, Encoding } from '@registrar/cache';
import { safetyHeaders } from '../../http/safety-headers.ts';

const contentTypeOfAll = 'application/json; charset=utf-8';

/** A catalogue response as the edge caches it. */
export class EdgeEntry {
  /** When a refresh failed last, ms. */
  failedAt = -Infinity;
  private readonly heads = new Map<Encoding | 'unchanged', string[]>();

  constructor(
    readonly body: CachedBody,
    /** The service's strong tag, without quotes. */
    readonly tag: string,
    private readonly cacheControl: string,
    /** What the service's own cache said. */
    readonly upstreamStatus: string | undefined,
    /** When its load began: it reflects everything before. */
    readonly askedAt: number,
  ) {}

  /** Its tag in an encoding, without quotes. */
  tagIn(encoding: Encoding): string {
    return encoding === 'identity' ? this.tag : `${this.tag}-${encoding}`;
  }

  /** Its tags in all encodings. */
  get tags(): string[] {
    return [this.tag, `${this.tag}-br`, `${this.tag}-gzip`];
  }

  /** Names and values of the headers that every answer with it has, ready for `writeHead`. */
  head(encoding: Encoding, length: number): string[] {
    let head = this.heads.get(encoding);
    if (!head) {
      head = [
        ...this.common(this.tagIn(encoding)),
        'content-type',
        contentTypeOfAll,
        'content-length',
        String(length),
      ];
      if (encoding !== 'identity') head.push('content-encoding', encoding);
      this.heads.set(encoding, head);
    }
    return head;
  }

  /** The same for the answer that the client has it already, under `tag`. */
  unchangedHead(tag: string): string[] {
    return this.common(tag);
  }

  private common(tag: string): string[] {
    const headers = {
      etag: `"${tag}"`,
      'cache-control': this.cacheControl,
      vary: 'Accept-Encoding',
      ...safetyHeaders,
    };
    return Object.entries(headers).flat();
  }
}
