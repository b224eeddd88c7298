import type { Configuration } from './configuration';

/** Bytes on their way; the total is null where the server does not say it. */
export interface DownloadProgress {
  readonly kind: 'download';
  readonly what: string;
  readonly loaded_bytes: number;
  readonly total_bytes: number | null;
}

/** What a session reports while it starts and runs. */
export type SessionProgress =
  | DownloadProgress
  | { readonly kind: 'read-model' }
  | { readonly kind: 'start-runtime'; readonly configuration: Configuration }
  | { readonly kind: 'load-model'; readonly configuration: Configuration }
  | { readonly kind: 'prepare-inputs' }
  | { readonly kind: 'invoke' }
  /** Of a run along a time axis; steps count from 1. */
  | { readonly kind: 'steps'; readonly step: number; readonly steps: number; readonly fraction: number }
  /** Of a clip, window by window. */
  | { readonly kind: 'listen'; readonly heard_s: number; readonly duration_s: number }
  | { readonly kind: 'decode' };
