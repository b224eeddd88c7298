/** What a report says by itself: doubts about its figures, what is wrong with it or with its link, and its forms for people. */
export const report = {
  verdicts: { faster: 'faster', slower: 'slower', 'no measurable difference': 'no measurable difference' },

  // Doubts about figures. Times come with their units.
  slowRuns: ({ slow, all, areRuns, longest, cost }: { readonly slow: number; readonly all: number; readonly areRuns: boolean; readonly longest: string; readonly cost: string }) =>
    `${slow} of ${all} ${areRuns ? 'runs' : 'samples'} took far longer than the others, at most ${longest}. They add ${cost} to the mean; the median hardly knows them.`,
  becameSlower: (from: string, to: string) => `Runs became slower while they were measured: from ${from} to ${to}. The device may have grown hot.`,
  becameFaster: (from: string, to: string) => `Runs became faster while they were measured: from ${from} to ${to}. A longer warm-up may help.`,
  noSteadyState: (runs: number, before: string, after: string) =>
    `No steady state was reached: the median was ${before} over the first ${runs} runs and ${after} over the rest. Measure longer.`,
  slowerThanOnZeros: (given: string, zeros: string, ratio: string) =>
    `A run takes ${given} on its input and ${zeros} on zeros, ${ratio} times as long. Unused lanes of packed weights may hold denormal floats, left there by the runtime: load the model again, for another load may be faster.`,
  machineSlower: (before: string, after: string) => `The machine itself became slower: the same arithmetic took ${before} before and ${after} after.`,
  machineFaster: (before: string, after: string) => `The machine itself became faster: the same arithmetic took ${before} before and ${after} after.`,
  inBackground: 'The page was in the background for a while, where browsers slow pages down.',
  timersLate: (seconds: string) => `The page’s timers came up to ${seconds} s late: the browser held the page back, or the device slept.`,
  fewPictures: (rate: string, isOnBattery: boolean) => `The browser gives this page ${rate} pictures a second${isOnBattery ? ' and the device runs on its battery' : ''}, as battery savers do.`,
  severalAtOnce: (step_ms: string, runs: number) =>
    `The clock moves in steps of ${step_ms} ms, too coarse for single runs: each sample is the mean of ${runs} runs, and slow ones among them do not show.`,
  coarseClock: (step_ms: string, share: string) =>
    `The clock moves in steps of ${step_ms} ms, ${share} of a run. Browsers have no finer one: trust the mean of many runs more than single ones.`,
  coarseClockNotIsolated: (step_ms: string, share: string) => `The clock moves in steps of ${step_ms} ms, ${share} of a run. An isolated page has a finer one.`,
  foreignPixels: (pixels: number) => `${pixels} pixels of this window are not the page’s, as with developer tools beside it. They slow WebAssembly down while they debug.`,
  opsExceedInvoke: (percent: string) =>
    `The ops add up to ${percent} % more than the invoke itself: timing each op takes time and has errors of its own, so single ops are faster than they seem.`,
  roofDoubt: ({ exceeding, all, op, kind, percent, peaks }: {
    readonly exceeding: number; readonly all: number; readonly op: number; readonly kind: string; readonly percent: string; readonly peaks: readonly ('arithmetic' | 'memory')[];
  }) => `${exceeding} of ${all} ops ${exceeding === 1 ? 'is' : 'are'} faster than this roof allows, op ${op} (${kind}) at ${percent} % of it. So the peak of ${peaks.join(' and ')} is doubtful: something may have held it back while it was measured, or these ops do less than is counted, as where zeros are skipped. Find out again when the machine is idle.`,

  // What is wrong with a report
  theReport: 'the report',
  /** @param told of the schema's library. @param expected null where what is wrong is told in words of this file */
  invalidAt: (place: string, told: string, _expected: string | null, _received: string) => `${place}: ${told}`,
  mustBeDigest: 'must be 64 lower case hexadecimal digits',
  mustBeginLow: 'must begin at its lower end',
  mustBeAddress: 'must be an address of http or https without a password or parameters',

  // …and with a link
  doesNotFit: (most: number) => `With everything left out that may be, more than ${most} characters are left.`,
  tooManyCharacters: (characters: number, most: number) => `It has ${characters} characters; ${most} are read at most.`,
  noLinkForm: 'It does not have the form of a report’s link.',
  otherForm: (made: string, known: string) => `Its form has the number ${made}; this version knows ${known}.`,
  tooShort: 'It is too short for a report.',
  wrongChecksum: 'Its checksum is wrong: a part is missing or was changed.',
  noBase64url: 'Its characters are no base64url.',
  inflatesToMore: (bytes: number) => `It inflates to more than ${bytes} bytes.`,
  endsEarly: 'Its compressed data end too early.',
  packed: {
    notPacked: 'it is not packed',
    damagedKeys: 'a list of keys is damaged',
    plainObject: 'it holds an object that is not packed',
    tooDeep: 'it is nested too deeply',
    noKind: 'a value says nothing of its kind',
    otherValues: 'an object has other values than keys',
    noDifference: 'a difference is no number',
    unevenColumns: 'the columns of a table differ in length',
    noColumn: 'a column is no list',
  },

  // Beside benchmark_model's own lines, which are the same in every language
  failed: (title: string, code: string, details: string) => `Failed: ${title} (${code}). ${details}`,
  samplesLeftOut: (samples: number) => `Left out of this report: ${samples} samples.`,
  warning: (code: string, told: string) => `Warning: ${code}: ${told}`,
  comparison: 'Comparison of medians:',
  compared: ({ row, reference, ratio, low, high, verdict }: { readonly row: string; readonly reference: string; readonly ratio: string; readonly low: string; readonly high: string; readonly verdict: string }) =>
    `${row} takes ${ratio} times as long as ${reference} (${low} to ${high}): ${verdict}`,

  // A table in Markdown
  columns: {
    model: 'Model', configuration: 'Configuration', median: 'Median, ms', p95: 'p95, ms', mean: 'Mean ± std, ms', init: 'Init, ms', runs: 'Runs', ratio: 'Ratio', where: 'Where',
  },
  ranAs: (runtime: string, accelerator: string, threads: number, build: string) => `${runtime}, ${accelerator}, ${threads} threads, ${build}`,
  ratio: (ratio: string, verdict: string) => `${ratio} (${verdict})`,
  where: (browser: string, platform: string, cores: number) => `${browser}, ${platform}, ${cores} cores`,

  // A trace
  outsideOps: 'outside of ops',
  oneInvoke: (runs: number) => `one invoke, mean of ${runs}`,
};
