import { GraphClient } from '../../graph/page/client';
import { profileCsv, profileText, profileTrace } from '../../report/profile-exports';
import { safeFileName } from '../../wording/report-text';
import { saveFile } from '../files/save-file';
import type { OpenModel } from '../../api';
import type { FinishedProfile } from './profile-state.svelte';
import { timesOf } from './profile-numbers';

export const profileFormats = ['csv', 'text', 'trace', 'node-data'] as const;
export type ProfileFormat = (typeof profileFormats)[number];

/** Saves a profile for other tools. */
export async function saveProfile(format: ProfileFormat, model: OpenModel, { op_profile, configuration }: FinishedProfile): Promise<void> {
  const name = safeFileName(`${model.name.replace(/\.(tflite|lite)$/i, '')}.${configuration.runtime}.profile`);
  if (format === 'csv') saveFile(`${name}.csv`, 'text/csv', profileCsv(op_profile));
  else if (format === 'text') saveFile(`${name}.txt`, 'text/plain', profileText(op_profile));
  else if (format === 'trace') saveFile(`${name}.trace.json`, 'application/json', profileTrace(op_profile, model.name));
  else saveFile(`${name}.node-data.json`, 'application/json', await nodeData(model, op_profile));
}

/** OpenModel Explorer names nodes as the file does, which the graph's worker reads. */
async function nodeData({ blob }: OpenModel, profile: FinishedProfile['op_profile']): Promise<string> {
  const client = new GraphClient();
  try {
    await client.remote.open(blob);
    return await client.remote.writeOverlay({ format: 'model-explorer', numbers: timesOf(profile) });
  } finally {
    client.close();
  }
}
