import type { Model } from '../tflite/format/model';

/** What a pass did, or could not do, in one place of the model. */
export interface Note {
  /** `subgraph 0, op 12, CONV_2D`, `subgraph 0, tensor 5`, or what else tells where. */
  readonly place: string;
  /** One sentence without its full stop. */
  readonly text: string;
}

export interface Rewritten {
  readonly model: Model;
  /** Empty when the pass found nothing to do; then `model` is the one that was given. */
  readonly changed: readonly Note[];
  /** What the pass is for and could not change, with the reason. */
  readonly skipped: readonly Note[];
}

/** One rewriting of a model: model in, model out. */
export interface Pass {
  readonly id: string;
  readonly title: string;
  /** What it is for, one sentence. */
  readonly purpose: string;
  /** Whether outputs may differ by more than the order of additions does: `rounding` for passes that change integers. */
  readonly precision: 'exact' | 'rounding';
  /** Never changes the model that it is given. */
  readonly apply: (model: Model) => Rewritten;
}
