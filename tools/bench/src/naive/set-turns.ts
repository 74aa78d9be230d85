/**
 * How change sets over several courses are tried. `free`: beside the queues until they stand. `home`: from the first try on
 * in the queue of the first course. `alone`: after two free tries in the queue of the course to which they lost. All three
 * one by one. `own`: as the service does it.
 */
export type Turns = 'free' | 'home' | 'alone' | 'own';

/** The variable that names the file with the turns of the moment. */
export const turnsFileVariable = 'BENCH_SET_TURNS_FILE';
