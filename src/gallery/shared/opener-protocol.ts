/** Types only: what crosses the boundary between the page and the worker that opens models. */
import type { Progress } from '../../engine/session/shared/protocol';
import type { Result } from '../../threads/shared/result';
import type { ModelSummary } from '../../tflite/analysis/summary';

/** Where a model comes from. */
export type OpenSource =
  | {
      readonly kind: 'url';
      /** Absolute: the worker does not know the page's base. */
      readonly url: string;
      /** 64 hexadecimal digits; the file is refused when it is another one. */
      readonly expectedSha256?: string | undefined;
    }
  /** A chosen file, or bytes made on the page; passed by reference. */
  | { readonly kind: 'blob'; readonly blob: Blob };

/** A model that was read and checked. */
export interface OpenedModel {
  /** The file, by reference: cloning a Blob copies no bytes. */
  readonly blob: Blob;
  readonly bytes: number;
  /** 64 lower case hexadecimal digits. */
  readonly sha256: string;
  readonly summary: ModelSummary;
}

export type OpenProgress = Extract<Progress, { readonly kind: 'download' | 'read-model' }>;

/** The worker's side. Failures arrive as results, because comlink drops their codes. */
export interface OpenerWorker {
  /**
   * Downloads or reads a model, hashes and checks it, and summarises it.
   *
   * Errors: INVALID_URL, DOWNLOAD_FAILED, FILE_UNREADABLE, HASH_MISMATCH, CANCELLED, and those of damaged models.
   */
  open(source: OpenSource, onProgress: (progress: OpenProgress) => void): Promise<Result<OpenedModel>>;
  /** Ends everything that is being opened with CANCELLED. */
  cancel(): void;
}
