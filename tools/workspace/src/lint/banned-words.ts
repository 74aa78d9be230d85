/** Names that say too little to be searched for: a method says what it runs, adds or sends. */
export const vagueMethods: ReadonlySet<string> = new Set([
  'run',
  'add',
  'send',
  'take',
  'tell',
  'look',
  'give',
  'ask',
  'say',
  'know',
  'hear',
]);

/** Words that no identifier and no file name contains, and the field's term for each. */
export const bannedInNames: ReadonlyMap<string, string> = new Map([
  ['ahead', 'prefetched, newer'],
  ['anew', 'again'],
  ['belief', 'client model'],
  ['beliefs', 'client model'],
  ['carryOut', 'complete'],
  ['fence', 'version guard'],
  ['fences', 'version guards'],
  ['given', 'what it is: argument, value, external'],
  ['giveWay', 'yield'],
  ['goOn', 'continue'],
  ['hear', 'receive, subscribe'],
  ['heard', 'received'],
  ['hears', 'receives, subscribes'],
  ['keeper', 'reaper'],
  ['knows', 'has'],
  ['lane', 'concurrency key'],
  ['lanes', 'concurrency keys'],
  ['leftover', 'backlog'],
  ['leftovers', 'backlog'],
  ['pace', 'rate, backpressure'],
  ['patience', 'retry policy, time limit'],
  ['patient', 'retry policy, time limit'],
  ['quiet', 'idle, quiescence'],
  ['said', 'output, reported'],
  ['says', 'statement'],
  ['school', 'fixture'],
  ['told', 'notified, reported'],
  ['twin', 'concurrent duplicate'],
  ['twins', 'concurrent duplicates'],
  ['whoever', 'who it is: user, caller'],
  ['world', 'snapshot'],
]);

/** Terms of the field that contain one of those words: `given_name` of OpenID Connect. */
export const standardTerms = /given[_-]?name/gi;

/** Words that no comment and no text contains, and the plain ones for each. */
export const bannedInProse: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\banew\b/i, 'again'],
  [/\bwhoever\b/i, 'who it is: the user, the caller, an instance'],
  [/\btwins?\b/i, 'concurrent duplicate'],
  [/\bpatience\b/i, 'retry policy, time limit'],
  [/\bleftovers?\b/i, 'backlog'],
  [/\bhears? of\b/i, 'receives, is notified of'],
];
