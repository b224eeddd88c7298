/** What a kept run is called at first, and what is wrong with a file of runs. */
export const history = {
  nothing: 'Nothing',
  /** @param others models besides the first @param rows 0 where each model has one */
  runOf: (model: string, others: number, rows: number) => [model, ...(others > 0 ? [`${others} more`] : []), ...(rows > 0 ? [`${rows} rows`] : [])].join(', '),
  tooLarge: (bytes: number, most: number) => `The file has ${bytes} bytes, more than ${most}.`,
  noJson: 'The file is no JSON.',
  theFile: 'the file',
  noRun: (index: number, count: number) => `There is no run ${index} of ${count}.`,
};
