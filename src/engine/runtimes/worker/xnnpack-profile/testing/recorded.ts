import { readFileSync } from 'node:fs';
import { type ProfileSummary, parseProfileSummary } from '../summary-text';

/** Runs of each recording; see scripts/record-profile.ts for how they were made. */
export const recordedRuns = 20;

export function recordedText(name: string): string {
  return readFileSync(new URL(`recordings/${name}.txt`, import.meta.url), 'utf8');
}

export function recorded(name: string): ProfileSummary {
  return parseProfileSummary(recordedText(name));
}
