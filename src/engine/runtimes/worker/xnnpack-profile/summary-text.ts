/** One line of a profile: an op, a delegate's partition, or an operator inside of a delegate. */
export interface ProfileRow {
  /** `CONV_2D`, `TfLiteXNNPackDelegate`, `DelegateOpInvoke`. */
  readonly type: string;
  /** What stands before the last colon of the name: `[out, other]`, `Delegate/Convolution (NHWC, F32) IGEMM`. */
  readonly label: string;
  /** What stands behind it: the node's index in the interpreter, or the operator's within its partition. */
  readonly index: number;
  /** Of the part's time, 0 to 1; in steps of 0.00001. */
  readonly share: number;
  /** Over all runs. */
  readonly timesCalled: number;
}

export interface ProfilePart {
  readonly rows: readonly ProfileRow[];
  /** Microseconds that all rows took in all runs of the profiler's buffer. */
  readonly total_us: number;
}

/** What TFLite's profile summary holds: the interpreter's nodes, and what a delegate reports of its inside. */
export interface ProfileSummary {
  readonly nodes: ProfilePart;
  readonly delegate: ProfilePart;
}

/** A summary lists each row once more where it sorts by time; only the first list is complete. */
const runOrder = /^=+ Run Order =+$/;
const heading = /^=+ .* =+$/;
const delegateHeading = /^Delegate internal:\s*$/;
const timings = /^Timings \(microseconds\): count=\d+ .*?\bcurr=(\d+)/;

/**
 * Reads the text of `GetProfilingSummary()`. Lines of another form are left out, whatever they say: names of tensors come
 * from files of strangers and stand in the text as they are.
 */
export function parseProfileSummary(text: string): ProfileSummary {
  const lines = text.split('\n');
  const inside = lines.findIndex((line) => delegateHeading.test(line));
  return {
    nodes: parsePart(inside < 0 ? lines : lines.slice(0, inside)),
    delegate: parsePart(inside < 0 ? [] : lines.slice(inside + 1)),
  };
}

function parsePart(lines: readonly string[]): ProfilePart {
  const start = lines.findIndex((line) => runOrder.test(line));
  if (start < 0) return { rows: [], total_us: 0 };
  const rows: ProfileRow[] = [];
  for (const line of lines.slice(start + 1)) {
    if (heading.test(line)) break;
    const row = parseRow(line);
    if (row !== null) rows.push(row);
  }
  // The part of the graph that a run starts in comes first, and so does its total.
  const total = lines.map((line) => timings.exec(line)).find((match) => match !== null);
  return { rows, total_us: Number(total?.[1] ?? 0) };
}

/** `\t type \t first \t avg ms \t % \t cdf% \t mem KB \t times called \t name:index` */
function parseRow(line: string): ProfileRow | null {
  const [before, type = '', , , share = '', , , called = '', ...name] = line.split('\t');
  if (before !== '' || name.length === 0) return null;
  const match = /^(.*):(\d{1,9})$/s.exec(name.join('\t'));
  if (match === null || !/^\s*\d+\s*$/.test(called)) return null;
  // Where all rows took no time that the clock can tell, shares are no numbers.
  const percent = Number.parseFloat(share);
  return { type: type.trim(), label: match[1] ?? '', index: Number(match[2]), share: Number.isFinite(percent) ? Math.max(0, percent / 100) : 0, timesCalled: Number(called) };
}
