import { describe, expect, it } from 'vitest';
import { exportFiles } from './export-files.rules.ts';

describe('the files of an export', () => {
  it('are JSON and CSV of each kind of rows', () => {
    const rows = {
      holds: [
        { id: 'hld_1', blocks: ['drop'], releasedAt: null },
        { id: 'hld_2', isOpen: false },
      ],
    };
    expect(exportFiles(rows)).toEqual([
      { name: 'holds.json', text: `${JSON.stringify(rows.holds, undefined, 2)}\n` },
      {
        name: 'holds.csv',
        text: '\uFEFFid,blocks,releasedAt,isOpen\r\nhld_1,"[""drop""]",,\r\nhld_2,,,false\r\n',
      },
    ]);
  });

  it('have no cell that a spreadsheet takes for a formula, and none that splits at a semicolon', () => {
    const [, csv] = exportFiles({ permits: [{ note: '=1+1' }, { note: 'a;=1+1' }] });
    expect(csv?.text).toBe('\uFEFFnote\r\n\'=1+1\r\n"a;=1+1"\r\n');
  });

  it('are there for what there is nothing of, too', () => {
    expect(exportFiles({ plans: [] }).map(({ name }) => name)).toEqual(['plans.json', 'plans.csv']);
  });
});
