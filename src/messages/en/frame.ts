import { formatDuration } from '../format';
import { counted } from './counted';

/** What stands around the views: header, model's name, row of views, main action. */
export const frame = {
  activities: {
    run: 'Running',
    rows: 'Running many rows',
    benchmark: 'Timing runs',
    compare: 'Comparing configurations',
    sweep: 'Trying threads',
    why: 'Finding out why it is slow',
    profile: 'Timing ops',
    'cross-check': 'Cross-checking runtimes',
    outputs: 'Comparing outputs',
    layers: 'Comparing layers',
    look: 'Reading a tensor',
    variant: 'Making a variant',
    overview: 'A first look',
  },
  activity: (title: string, model: string) => `${title}: ${model}`,
  activityHint: (title: string, model: string, progress: string, givesWay: boolean) =>
    `${title}: ${model}. ${progress}${givesWay ? '. It makes way for whatever you start.' : '. One thing is measured at a time: another one would spoil its figures.'}`,
  activityProgress: (model: string, percent: number | null, left_s: number | undefined) =>
    `${model}${percent === null ? '' : `, ${percent} %`}${left_s === undefined ? '' : `, about ${formatDuration(left_s)} left`}`,
  cancelActivity: (title: string) => `Cancel: ${title}`,
  cancel: 'Cancel',
  goesOn: (title: string) => `${title} goes on, and its figures would suffer.`,

  licence: 'Licence',
  source: 'Source',
  author: 'Author',
  version: 'Version',
  size: 'Size',
  bytes: (bytes: number) => counted(bytes, 'bytes', 'bytes'),
  copyDigest: 'Copy the SHA-256',
  origin: 'Licence, source and SHA-256',
  precision: 'Precision',
  in: 'In',
  out: 'Out',
  graph: 'Graph',
  graphSize: (ops: number, tensors: number, subgraphs: number) => `${counted(ops, 'op')}, ${counted(tensors, 'tensor')}${subgraphs > 1 ? `, ${subgraphs} subgraphs` : ''}`,

  runs: 'Runs',
  share: 'Share',
  shareModel: (model: string) => `Share ${model}`,
  nothingToShare: 'Nothing was measured yet that could be shared.',
  whatIsShared: (median: string, configuration: string) => `${median} a run, ${configuration}: the link carries every figure, and whoever opens it can run the same on a device of their own.`,
  copyAddressHint: 'Copy the address of this model and view',
  copyAddress: 'Copy the model’s address',
  fileStays: 'The file itself stays on your device: a link names it by its SHA-256, and asks for it.',

  viewsOfModel: 'Views of the model',
  views: { overview: 'Overview', live: 'Live', speed: 'Speed', graph: 'Graph', compare: 'Compare & shrink' },
  graphOrList: 'Graph or list',
  drawing: 'Drawing',
  list: 'List of ops',

  run: 'Run',
  stop: 'Stop',
  startCamera: 'Start the camera',
  startMicrophone: 'Start the microphone',
  noPictures: 'This model takes no pictures.',
  measureAll: 'Measure all',
  timeOps: 'Time the ops',
  timeOpsAgain: 'Time the ops again',
  compare: 'Compare',
};
