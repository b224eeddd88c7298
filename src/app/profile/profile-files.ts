import { profileCsv, profileText, profileTrace } from '../../report/profile-exports';
import { safeFileName } from '../report-text';
import { saveFile } from '../save-file';
import type { FinishedProfile } from '../state/profile-state.svelte';

export const profileFormats = ['csv', 'text', 'trace'] as const;
export type ProfileFormat = (typeof profileFormats)[number];

export const formatTitles: Readonly<Record<ProfileFormat, string>> = { csv: 'CSV', text: 'Text, as benchmark_model', trace: 'Trace, for Perfetto' };

/** Saves a profile for other tools. */
export function saveProfile(format: ProfileFormat, modelName: string, { op_profile, configuration }: FinishedProfile): void {
  const name = safeFileName(`${modelName.replace(/\.(tflite|lite)$/i, '')}.${configuration.runtime}.profile`);
  if (format === 'csv') saveFile(`${name}.csv`, 'text/csv', profileCsv(op_profile));
  else if (format === 'text') saveFile(`${name}.txt`, 'text/plain', profileText(op_profile));
  else saveFile(`${name}.trace.json`, 'application/json', profileTrace(op_profile, modelName));
}
