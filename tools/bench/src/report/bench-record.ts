import type { MachineRecord } from '../observe/machine.ts';
import type { BenchOptions } from '../options/bench-options.ts';
import type { AfterResult } from '../phases/run-after.ts';
import type { BareResult } from '../phases/run-bare.ts';
import type { BeforeResult } from '../phases/run-before.ts';
import type { OverloadResult } from '../overload/overload-result.ts';
import type { RegistrationResult } from '../registration/scenario-result.ts';
import type { SectionsResult } from '../sections/sections-result.ts';

/** The size of the dataset. */
export interface DataSize {
  readonly courses: number;
  readonly users: number;
  readonly enrollments: number;
  readonly semesters: number;
  readonly departments: number;
  /** Different catalogue queries. */
  readonly questions: number;
}

/** Bytes of a catalogue page over the wire, by the encoding that the client accepts. */
export interface PageBytes {
  readonly identity: number;
  readonly gzip: number;
  readonly br: number;
  /** A repeated read with `If-None-Match`. */
  readonly notModified: number;
}

/** One run of `npm run bench`. */
export interface ReadsRecord {
  /** RFC 3339. */
  readonly madeAt: string;
  readonly machine: MachineRecord;
  readonly options: BenchOptions;
  readonly limits: Readonly<Record<string, string>>;
  readonly data: DataSize;
  readonly before?: BeforeResult;
  readonly bare: BareResult;
  readonly after: AfterResult;
  readonly pageBytes: PageBytes;
}

/** One run of `npm run bench:registration`. */
export interface RegistrationRecord {
  readonly madeAt: string;
  readonly machine: MachineRecord;
  readonly quick: boolean;
  readonly result: RegistrationResult;
}

/** The part of `npm run bench:registration` that is about sections. */
export interface SectionsRecord {
  readonly madeAt: string;
  readonly machine: MachineRecord;
  readonly quick: boolean;
  readonly result: SectionsResult;
  /** Of the run that measured the cost, where it was an earlier one. */
  readonly costRun?: Pick<SectionsRecord, 'madeAt' | 'machine'>;
}

/** One run of `npm run bench -- overload`. */
export interface OverloadRecord {
  readonly madeAt: string;
  readonly machine: MachineRecord;
  readonly result: OverloadResult;
}

/** One run of the same scenario by Locust. */
export interface LocustRecord {
  readonly madeAt: string;
  readonly version: string;
  readonly users: number;
  readonly requests: number;
  readonly failures: number;
  readonly averageMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly requestsPerSecond: number;
}

/** The content of `bench.json`: the last run of each kind. */
export interface BenchRecord {
  readonly reads?: ReadsRecord;
  readonly registration?: RegistrationRecord;
  readonly sections?: SectionsRecord;
  readonly overload?: OverloadRecord;
  /** The same while another process uses a whole processor. */
  readonly overloadBusy?: OverloadRecord;
  readonly locust?: LocustRecord;
}
