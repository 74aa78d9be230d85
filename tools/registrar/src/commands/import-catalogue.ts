import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { formatOf } from '../catalogue/formats/catalogue-formats.ts';
import { causesOf, remarksOf, shareOf } from '../catalogue/held-share.rules.ts';
import type { CauseCount, HeldShare } from '../catalogue/held-share.rules.ts';
import { judgeSections } from '../catalogue/judge-sections.rules.ts';
import type { JudgedSection } from '../catalogue/judge-sections.rules.ts';
import { SectionLoading } from '../catalogue/load-sections.ts';
import type { LoadOutcome } from '../catalogue/load-sections.ts';
import { lossKinds } from '../catalogue/offered-section.ts';
import type { Loss } from '../catalogue/offered-section.ts';
import type { UnreadRules } from '../catalogue/text-rules.rules.ts';
import { UsageFault, exitCodes } from '../faults.ts';
import { printable } from '../terminal.ts';
import { tell } from './context.ts';
import type { CommandContext, CommandOutput } from './context.ts';

/** What is loaded, and how. */
export interface CatalogueImport {
  readonly files: readonly string[];
  readonly format: string;
  /** Which semester; the file's own if left out. */
  readonly semester?: string | undefined;
  readonly separator?: string | undefined;
  readonly unread: string;
  /** Where the list of losses is written too. */
  readonly losses?: string | undefined;
}

/** Examples are cut here where they are shown; the file of losses has them whole. */
const shownLength = 100;

/**
 * Says how much of a catalogue would be held, and what not; asks no running system.
 *
 * @returns the exit code: `someRefused` where sections would not be loaded
 */
export async function judgeCatalogue(output: CommandOutput, asked: CatalogueImport): Promise<number> {
  const judged = await judgedFiles(asked);
  await report(output, asked, judged);
  return shareOf(judged).notLoaded > 0 ? exitCodes.someRefused : exitCodes.done;
}

/**
 * Loads a catalogue into a semester. The same files again change nothing.
 *
 * @returns the exit code: `someRefused` where sections were not loaded
 */
export async function importCatalogue(context: CommandContext, asked: CatalogueImport): Promise<number> {
  const judged = await judgedFiles(asked);
  const sections = judged.flatMap(({ offered }) => offered ?? []);
  const semesterId = semesterOf(asked, sections);
  context.terminal.err(
    `Loading ${asked.files.map((file) => basename(file)).join(', ')} into ${semesterId} ...\n`,
  );
  const outcome = await new SectionLoading(context, semesterId).load(sections);
  await report(context, asked, withRefused(judged, outcome), { semesterId, outcome });
  const isWhole = outcome.refused.length === 0 && sections.length === judged.length;
  return isWhole ? exitCodes.done : exitCodes.someRefused;
}

async function judgedFiles({
  files,
  format,
  unread,
  separator,
  losses,
}: CatalogueImport): Promise<JudgedSection[]> {
  if (unread !== 'text' && unread !== 'permit') throw new UsageFault('--unread is text or permit.');
  const reader = formatOf(format);
  const read = await Promise.all(
    files.map(async (file) => ({ name: basename(file), text: await textOf(file) })),
  );
  const judged = judgeSections(
    reader.read(read, {
      unread: unread satisfies UnreadRules,
      ...(separator !== undefined && { separator }),
    }),
  );
  if (judged.length === 0) throw new UsageFault(`${files.join(', ')}: no sections are in it.`);
  // Before anything is sent: a file that cannot be written is told now.
  if (losses !== undefined) await writeLosses(losses, judged);
  return judged;
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new UsageFault(`${file} is not UTF-8.`);
    throw new UsageFault(`${file} cannot be read: ${code ?? 'unknown'}.`);
  }
}

function semesterOf(
  { semester }: CatalogueImport,
  sections: readonly { semesterId?: string | undefined }[],
): string {
  if (semester !== undefined) return semester;
  const [only, ...others] = new Set(sections.map(({ semesterId }) => semesterId));
  if (only !== undefined && others.length === 0) return only;
  throw new UsageFault(
    'Say with --semester which semester this is: the file does not name one for all of its sections.',
  );
}

/** Sections that the server refused are not loaded. */
function withRefused(judged: readonly JudgedSection[], { refused }: LoadOutcome): JudgedSection[] {
  const byWhere = new Map(refused.map((each) => [each.where, each]));
  return judged.map((each) => {
    const found = byWhere.get(each.where);
    if (!found) return each;
    const loss = {
      kind: 'refused' as const,
      cause: `The system refused it: ${found.code}.`,
      detail: found.detail,
    };
    return { ...each, offered: undefined, losses: [...each.losses, loss] };
  });
}

interface Loaded {
  readonly semesterId: string;
  readonly outcome: LoadOutcome;
}

async function report(
  output: CommandOutput,
  { losses }: CatalogueImport,
  judged: readonly JudgedSection[],
  loaded?: Loaded,
): Promise<void> {
  if (losses !== undefined) await writeLosses(losses, judged);
  const share = shareOf(judged);
  const causes = causesOf(judged);
  const remarks = remarksOf(judged);
  const result = {
    dryRun: loaded === undefined,
    ...(loaded && { semesterId: loaded.semesterId, ...loaded.outcome }),
    ...share,
    heldShare: share.held / share.sections,
    causes,
    remarks,
  };
  const parts = [
    shareInWords(share, loaded === undefined),
    ...(loaded ? [loadedInWords(loaded)] : []),
    ...(causes.length > 0 ? ['Not held, by cause:', ...causes.map(causeInWords)] : []),
    ...(remarks.length > 0
      ? [
          'Held, and to be known:',
          ...remarks.map(({ remark, sections }) => `${counted(sections)}  ${remark}`),
        ]
      : []),
    ...(losses !== undefined && causes.length > 0 ? [`Each of them is in ${losses}.`] : []),
  ];
  tell(output, result, parts.join('\n'));
}

function causeInWords({ sections, kind, cause, example }: CauseCount): string {
  const shown = example.length > shownLength ? `${example.slice(0, shownLength)}...` : example;
  return `${counted(sections)}  ${printable(cause)} (${lossKinds[kind]})\n          ${printable(shown)}`;
}

function counted(sections: number): string {
  return String(sections).padStart(6);
}

function shareInWords(share: HeldShare, isDryRun: boolean): string {
  const { sections, held, heldByPermit, loadedWithLoss, notLoaded, byKind } = share;
  const percent = (count: number) => `${((100 * count) / sections).toFixed(1)} %`;
  const kinds = Object.entries(byKind)
    .filter(([kind, count]) => kind !== 'refused' || count > 0)
    .map(([kind, count]) => `${percent(count)} ${lossKinds[kind as Loss['kind']]}`);
  return [
    `${isDryRun ? 'Would be held' : 'Held'} as the file has them: ${held} of ${sections} sections (${percent(held)}). Loaded with a loss: ${loadedWithLoss}. Not loaded: ${notLoaded}.`,
    ...(held < sections ? [`Of all sections: ${kinds.join('; ')}.`] : []),
    ...(heldByPermit > held
      ? [
          `With --unread permit: ${heldByPermit} sections (${percent(heldByPermit)}), instructors judging the rules that stay texts.`,
        ]
      : []),
  ].join('\n');
}

function loadedInWords({ semesterId, outcome }: Loaded): string {
  const { created, changed, unchanged, refused, departments } = outcome;
  const made = departments.length > 0 ? ` Departments made: ${departments.join(', ')}.` : '';
  return `${semesterId}: ${created} created, ${changed} changed, ${unchanged} unchanged, ${refused.length} refused.${made}`;
}

/** @throws UsageFault where the file cannot be written */
async function writeLosses(file: string, judged: readonly JudgedSection[]): Promise<void> {
  const rows = judged.flatMap(({ where, name, offered, losses }) =>
    losses.map(({ kind, cause, detail }) => [
      where,
      name,
      offered ? 'yes' : 'no',
      lossKinds[kind],
      cause,
      detail,
    ]),
  );
  const text = stringify([['where', 'section', 'loaded', 'kind', 'cause', 'detail'], ...rows], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // Also where a spreadsheet splits at semicolons: a part of a text never becomes a cell of its own.
    quoted_match: /[;\t]/,
  });
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageFault(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
}
