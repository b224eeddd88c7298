/** Runs that were saved whole: why a file is none, and how a replay compares. */
export const golden = {
  // Why a file is no saved run. Files are named by their paths in the archive.
  noArchive: 'It is no zip archive, or a damaged one.',
  missingFile: (file: string) => `${file} is not in it.`,
  damagedFile: (file: string) => `${file} in it is damaged.`,
  damagedTensor: (file: string, reason: string) => `${file} in it is damaged: ${reason}`,
  otherTensor: (file: string, found: string, told: string) => `${file} holds ${found}, and run.json says ${told}.`,
  noJson: (file: string) => `${file} in it is no JSON.`,
  noRun: 'Its run.json is of something else.',
  wrongPlace: (place: string) => `${place} in its run.json is not what it should be.`,
  newer: (version: number, known: number) => `It is of version ${version}, and this Litescope knows version ${known}.`,
  needsModel: (name: string, sha256: string) => `It was made with “${name}”, SHA-256 ${sha256}.`,
  stateInside: (step: number) => `The run was step ${step} of a model with variables of its own.`,
  noInputsKept: 'The run’s inputs were not kept.',

  // How a replay compares
  save: 'Save this run',
  saveHint: 'One file with inputs, outputs and preprocessing, and with programs in Python, JavaScript and Kotlin that fill the inputs: to find where an app differs. Drop it on the page to replay it.',
  saved: 'The run is saved. Drop its file on the page to replay it.',
  heading: (file: string) => `Replay of ${file}`,
  asSetUp: 'Replay on what is set up',
  close: 'Close',
  savedOn: (saved: string) => `Saved on ${saved}`,
  ranOn: (now: string) => `Ran on ${now}`,
  sameOutputs: (outputs: number) => (outputs === 1 ? 'The output is the same, bit for bit.' : `All ${outputs} outputs are the same, bit for bit.`),
  sameAsSaved: (output: string) => `“${output}” is the same, bit for bit.`,
  differs: ({ output, greatest, share, mean, differing, elements, first }: { readonly output: string; readonly greatest: string; readonly share: string; readonly mean: string; readonly differing: string; readonly elements: string; readonly first: string }) =>
    `“${output}” differs in ${differing} of ${elements} elements: by ${greatest} at most, ${share} of its range, by ${mean} on average; the first at [${first}].`,
  otherForm: (output: string, saved: string, now: string | null) => (now === null ? `“${output}”, ${saved}, is not there any more.` : `“${output}” was ${saved} and is ${now}.`),
  expected: (sameConfiguration: boolean) => (sameConfiguration
    ? 'Runtime, build and threads are those that it was saved with: it should be the same.'
    : 'Other runtimes, builds and thread counts add up in another order: differences of about a millionth of the range are rounding.'),
};
