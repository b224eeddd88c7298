import type { SessionProgress } from '../../engine/configuration/shared/progress';
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

/** Which model of a bundle is wanted, by its path in it. */
export interface BundleMember {
  readonly member?: string | undefined;
}

/** A model that was read and checked. */
export interface OpenedModel {
  /** The file, by reference: cloning a Blob copies no bytes. */
  readonly blob: Blob;
  readonly bytes: number;
  /** 64 lower case hexadecimal digits. */
  readonly sha256: string;
  readonly summary: ModelSummary;
  /** Its path in the bundle that it came in. */
  readonly member?: string;
}

export type OpenProgress = Extract<SessionProgress, { readonly kind: 'download' | 'read-model' }>;
