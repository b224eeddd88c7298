import { formatCount, formatDuration } from '../format';
import { counted } from './counted';

const listed = {
  rows: ['row', 'rows'],
  ops: ['op', 'ops'],
  layers: ['layer', 'layers'],
  activations: ['activation', 'activations'],
  labels: ['label', 'labels'],
  channels: ['channel', 'channels'],
} as const;

const available = (is: boolean) => (is ? 'available' : 'not available');
const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** Parts that many screens are made of. */
export const parts = {
  starting: 'Starting',
  cancel: 'Cancel',
  cancelled: 'Cancelled. What was measured before stays.',
  cancelledLook: 'Cancelled. Nothing was computed.',
  left: (seconds: number) => `, about ${formatDuration(seconds)} left`,
  preview: 'Preview',
  table: 'Table',

  copied: 'Copied.',
  copyRefused: 'The browser does not let this page copy.',
  savedAsNpy: (tensor: string) => `${tensor} is saved as .npy.`,
  downloadNpy: (tensor: string) => `Download ${tensor} as .npy`,
  asStored: 'As stored, for NumPy',

  where: 'Where:',
  whatToDo: 'What to do:',
  dismiss: (title: string) => `Dismiss: ${title}`,
  titled: (title: string, details: string) => `${title}: ${details}`,
  anyRuntime: 'Try with any runtime',
  oneThread: 'Try with 1 thread',
  again: 'Try again',
  showGallery: 'Show the gallery',

  promise: 'Nothing leaves your device.',
  keptFiles: (files: number) => `${counted(files, 'dropped file')} kept in this browser, for a reload.`,
  forget: 'Forget',
  kept: 'Kept on this device',
  offers: 'What this browser offers',
  isolation: (isolated: boolean, threads: boolean) => `${isolated ? 'Isolated' : 'Not isolated'}, threads ${threads ? 'on' : 'off'}`,
  simd: { relaxed: 'relaxed SIMD', plain: 'SIMD', none: 'no SIMD' },
  byteProducts: (are: boolean) => `8-bit dot products ${available(are)}`,
  byteProductsHint: 'Products of bytes that keep all bits, which LiteRT needs for fast int8: Arm and x86 with VNNI have them',
  cores: (cores: number) => counted(cores, 'core'),
  available: (name: string, is: boolean) => `${name} ${available(is)}`,
  sentences: (title: string, hint: string) => `${title}. ${hint}`,
  fetchedAgain: (fault: string, count: number, hint: string) => `${fault}: ${counted(count, 'part')} of this page had to be fetched a second time. ${hint}`,
  appearance: 'Appearance',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  language: 'Language',

  paddingCleared: (layers: number, denormals: number) =>
    `Cleared what LiteRT left in unused lanes of the packed weights of ${counted(layers, 'layer')}${denormals > 0 ? `, with ${counted(denormals, 'denormal float')} that slow runs down` : ''}.`,
  paddingUnknown: (layers: number) => `LiteRT may be slower after this load than after another: it can leave tiny numbers in memory between the weights of ${counted(layers, 'layer')}, and Litescope could not find the place to clear them. Results are not affected. A benchmark tells whether the time is.`,

  previous: 'Previous',
  next: 'Next',
  pagesOf: (what: keyof typeof listed) => `Pages of ${listed[what][1]}`,
  pageOf: (what: keyof typeof listed, first: number, last: number, total: number) => `${capital(listed[what][1])} ${formatCount(first)} to ${formatCount(last)} of ${counted(total, listed[what][0], listed[what][1])}`,
  /** @param first index of those that are shown */
  elements: (first: number, count: number, total: number) => `${count === 0 ? 'No values' : `Elements ${formatCount(first)} to ${formatCount(first + count - 1)}`} of ${formatCount(total)}`,
  index: 'Index',
  position: 'Position',
  stored: 'Stored',
  value: 'Value',
};
