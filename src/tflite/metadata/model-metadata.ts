import type { TokenizerKind } from '../../text/tokenizer';
import type { PackedPlace } from '../format/archive/appended-files';
import type { ScoreCalibration } from './score-calibration';

/** What makes numbers of sentences, as a model's metadata name it. */
export interface DescribedTokenizer {
  readonly kind: TokenizerKind;
  /** Where in the file its vocabulary lies. */
  readonly vocabulary: PackedPlace;
  /** Between words, of a regex tokenizer. */
  readonly pattern?: string | undefined;
}

/** What a model says about itself. */
export interface ModelMetadata {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly author: string;
  readonly license: string;
  readonly tokenizer?: DescribedTokenizer | undefined;
  /** Per input of the first subgraph: mean and std where the file states them (value = (pixel − mean) ÷ std), and names of its values. */
  readonly inputs: readonly {
    readonly name: string;
    readonly description?: string | undefined;
    readonly normalisation?: { readonly mean: readonly number[]; readonly std: readonly number[] } | undefined;
    readonly range?: { readonly lowest: number; readonly highest: number } | undefined;
    /** What the values along its last dimension are called, in order. */
    readonly features?: readonly string[] | undefined;
    /** What its whole numbers stand for, from 0. */
    readonly categories?: readonly string[] | undefined;
    /** Of sound: samples a second and channels. */
    readonly sound?: { readonly sampleRate: number; readonly channels: number } | undefined;
  }[];
  /** Per output of the first subgraph: class labels where the file carries them, least and greatest value where it states them. */
  readonly outputs: readonly {
    readonly name: string;
    readonly description?: string | undefined;
    /** Those that are used by default: of an axis before those of values, without a locale before English before any other. */
    readonly labels?: readonly string[] | undefined;
    readonly range?: { readonly lowest: number; readonly highest: number } | undefined;
    /** All lists of labels, where there are several. */
    readonly translations?: readonly { readonly locale: string; readonly labels: readonly string[] }[] | undefined;
    readonly calibration?: ScoreCalibration | undefined;
    /** Results with lower scores are not worth showing. */
    readonly scoreThreshold?: number | undefined;
    readonly boxes?: BoxForm | undefined;
  }[];
}

/** How the four numbers of a box are to be read. */
export interface BoxForm {
  /** Left, top, right, bottom; left, top, width, height; or centre x, centre y, width, height. */
  readonly form: 'boundaries' | 'upper-left' | 'center';
  /** Where in the four numbers each of these stands. */
  readonly order: readonly [number, number, number, number];
  /** Shares of the input's size, or its pixels. */
  readonly unit: 'ratio' | 'pixel';
}
