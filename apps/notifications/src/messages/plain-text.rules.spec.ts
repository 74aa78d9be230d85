import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, oneLine } from './plain-text.rules.ts';

describe('a line of text', () => {
  it.each([
    ['CS 101\r\nBcc: everyone@registrar.example', 'CS 101 Bcc: everyone@registrar.example'],
    ['a\u0000b\u001bc\u0085d\u2028e', 'a b c d e'],
    ['  much \t room\n', 'much room'],
    ['\u202eevil\u2066', 'evil'],
    ['مرحبا بالعالم', 'مرحبا بالعالم'],
    ['Zoë 👩‍👩‍👧', 'Zoë 👩‍👩‍👧'],
    ['half \ud83d', 'half \ufffd'],
  ])('makes %j into %j', (value, expected) => expect(oneLine(value, 100)).toBe(expected));

  it('is cut between whole characters', () => {
    expect(oneLine('👩‍👩‍👧👩‍👩‍👧', 10)).toBe('👩‍👩‍👧…');
    expect(oneLine('x'.repeat(10_240), 200)).toHaveLength(200);
  });

  it('has no control character and never more than its limit, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        (value, max) => {
          const line = oneLine(value, max);
          expect(line.length).toBeLessThanOrEqual(max);
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
          expect(line.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe('text in HTML', () => {
  it('is escaped', () => {
    expect(escapeHtml(`<img src=x onerror="a('b')"> & co`)).toBe(
      '&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt; &amp; co',
    );
  });
});
