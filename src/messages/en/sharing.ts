import { counted } from './counted';

/** The ways in which a report leaves the page, and its picture. */
export const sharing = {
  menu: 'Share and export',
  copyLinkHint: 'Copy a link that carries the report',
  copyLink: 'Copy link',
  qr: 'QR code',
  hideQr: 'Hide the QR code',
  png: 'Picture, PNG',
  json: 'Report, JSON',
  qrHint: 'QR code of a link that carries this report',
  qrCaption: 'Opens this report on a phone, which can then run the same. A code holds less than a link: samples and fast ops may be left out of it.',

  msMedian: 'ms, median',
  mean: 'Mean ± std',
  p5ToP95: 'p5 to p95',
  range: (low: string, high: string) => `${low} to ${high}`,
  first: 'First inference',
  runs: 'Runs',
  runsAfter: (runs: number, warmUp: number) => `${runs} after ${warmUp} of warm-up`,
  moreRows: (rows: number) => `and ${counted(rows, 'more row')}`,
  benchmark: 'Benchmark',
  models: (models: number) => counted(models, 'model'),
  cores: (cores: number) => counted(cores, 'core'),
};
