import { courseRoutes } from '@registrar/contracts-courses';
import type { PutSemesterRequest, Semester } from '@registrar/contracts-courses';
import { ApiFault, UsageFault, exitCodes } from '../faults.ts';
import { table } from '../terminal.ts';
import { campusTimeOf } from './campus-words.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';
import { readTickets } from './tickets-file.ts';
import type { Ticket } from './tickets-file.ts';

/** A semester that others change at the same time is read and changed again so often. */
const maxTries = 5;

type TicketedSemester = Semester & { tickets?: Ticket[] };
type TicketedRequest = PutSemesterRequest & { tickets: Ticket[] };

/** Where the tickets come from: a file, or none; neither leaves them as they are. */
export interface TicketSource {
  file?: string | undefined;
  clear: boolean;
}

/** Replaces the tickets of a semester, and shows them in campus time. Everything else of the semester stays. */
export async function setTickets(
  context: CommandContext,
  semesterId: string,
  { file, clear }: TicketSource,
): Promise<number> {
  if (file !== undefined && clear) throw new UsageFault('Give a file or --clear, not both.');
  const wanted = file === undefined ? (clear ? [] : undefined) : await readTickets(file);
  const semester =
    wanted === undefined
      ? (await read(context, semesterId)).semester
      : await replace(context, semesterId, wanted);
  const tickets = [...(semester.tickets ?? [])].sort((a, b) => Date.parse(a.opensAt) - Date.parse(b.opensAt));
  tell(context, { semesterId, tickets }, context.json ? '' : await inWords(context, semester, tickets));
  return exitCodes.done;
}

async function read(
  { api }: CommandContext,
  id: string,
): Promise<{ semester: TicketedSemester; tag: string }> {
  const { body, headers } = await api.call(courseRoutes.getSemester, { params: { id } });
  return { semester: body, tag: headers.get('etag') ?? `"${body.version}"` };
}

async function replace(context: CommandContext, id: string, tickets: Ticket[]): Promise<TicketedSemester> {
  for (let attempt = 1; ; attempt += 1) {
    const { semester, tag } = await read(context, id);
    const body: TicketedRequest = {
      name: semester.name,
      startsOn: semester.startsOn,
      endsOn: semester.endsOn,
      enrollmentOpensAt: semester.enrollmentOpensAt,
      enrollmentClosesAt: semester.enrollmentClosesAt,
      dropDeadlineAt: semester.dropDeadlineAt,
      withdrawDeadlineAt: semester.withdrawDeadlineAt,
      creditLimit: semester.creditLimit,
      current: semester.current,
      tickets,
    };
    try {
      const ask = { params: { id }, body, headers: { 'if-match': tag } };
      return (await context.api.call(courseRoutes.putSemester, ask)).body;
    } catch (error) {
      const isStale = error instanceof ApiFault && error.code === 'version_conflict';
      if (!isStale || attempt === maxTries) throw error;
    }
  }
}

async function inWords(
  { api }: CommandContext,
  { id, name, enrollmentOpensAt }: Semester,
  tickets: readonly Ticket[],
): Promise<string> {
  const at = await campusTimeOf(api);
  const others = `${tickets.length > 0 ? 'everybody else' : 'everybody'}, ${at(enrollmentOpensAt)}`;
  const rows = tickets.map(({ name: ticket, match, opensAt }) => [ticket, at(opensAt), forWhom(match)]);
  const count = tickets.length === 1 ? '1 ticket' : `${tickets.length || 'no'} tickets`;
  const words = `${name} (${id}) has ${count}. Enrollment opens for ${others}.`;
  return rows.length === 0 ? words : `${words}\n${table(rows)}`;
}

function forWhom({ programs, levels, groups, minCredits }: Ticket['match']): string {
  const parts = [
    programs && `programs ${programs.join(', ')}`,
    levels && `levels ${levels.join(', ')}`,
    groups && `groups ${groups.join(', ')}`,
    minCredits !== undefined && `at least ${minCredits} credits`,
  ];
  return parts.filter((part) => part !== undefined && part !== false).join('; ');
}
