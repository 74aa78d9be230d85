import { readCsv } from '@registrar/service/csv';
import type { Seen, StubAnswer } from './stub-system.ts';

/** A line as the fake server read it. */
type Cells = Partial<Record<string, string>>;

/** What the fake server says of a line: nothing where it is taken. */
type Judge = (cells: Cells) => { code: string; detail: string } | undefined;

const columns = [
  'email',
  'externalId',
  'code',
  'completedOn',
  'office',
  'reason',
  'blocks',
  'level',
  'courseId',
];

/**
 * The imports of a server that keeps the answers of keys: lines are refused as `judge` says, and of two with the same
 * cells besides `level` the last counts.
 */
export class FakeImports {
  readonly slices: Cells[][] = [];
  private readonly kept = new Map<string, StubAnswer>();
  private readonly judge: Judge;

  constructor(judge: Judge = () => undefined) {
    this.judge = judge;
  }

  readonly answer = ({ headers, body, path }: Seen): StubAnswer => {
    const key = String(headers['idempotency-key']);
    const kept = this.kept.get(key);
    if (kept) return { ...kept, headers: { 'idempotency-replayed': 'true' } };
    const answer = { json: this.importLines(body) };
    if (!path.includes('dryRun')) this.kept.set(key, answer);
    return answer;
  };

  private importLines(body: string): unknown {
    const rows = readCsv(Buffer.from(body), { names: ['line'], optional: columns });
    const lines = rows.flatMap((row) => ('cells' in row ? [row] : []));
    this.slices.push(lines.map(({ cells }) => cells));
    const keyOf = ({ level: _level, line: _line, ...cells }: Cells) => JSON.stringify(cells);
    const judged = lines.map(({ line, cells }) => ({ line, cells, verdict: this.judge(cells) }));
    const last = new Map(
      judged.flatMap(({ line, cells, verdict }) => (verdict ? [] : [[keyOf(cells), line]])),
    );
    const refused = judged.flatMap(({ line, cells, verdict }) => {
      if (verdict) return [{ line, ...verdict }];
      const counts = last.get(keyOf(cells));
      if (counts === line) return [];
      return [{ line, code: 'duplicate_line', detail: `Line ${counts} is about the same; that one counts.` }];
    });
    return { changed: lines.length - refused.length, unchanged: 0, refused };
  }
}
