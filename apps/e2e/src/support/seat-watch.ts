import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';

/** The seats of a course as its live stream shows them. */
export interface LiveSeats {
  capacity: number;
  enrolledCount: number;
  waitlistedCount: number;
  seatsAvailable: number;
}

/** Watches the live seats of a course, as a waiting student's page does. */
export class SeatWatch {
  private latest: LiveSeats | undefined;

  private constructor(private readonly answer: IncomingMessage) {
    createInterface({ input: answer }).on('line', (line) => {
      if (line.startsWith('data: ')) this.latest = JSON.parse(line.slice('data: '.length)) as LiveSeats;
    });
    answer.on('error', () => undefined);
  }

  static async open(gatewayUrl: string, courseId: string): Promise<SeatWatch> {
    const request = get(`${gatewayUrl}/api/courses/${courseId}/seats`, {
      headers: { accept: 'text/event-stream' },
      agent: false,
    });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`no stream of seats: ${answer.statusCode ?? 0}`);
    return new SeatWatch(answer);
  }

  /** What it showed last. */
  get seats(): LiveSeats | undefined {
    return this.latest;
  }

  close(): void {
    this.answer.destroy();
  }
}
