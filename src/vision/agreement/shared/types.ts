/** How two results for one picture agree, in the terms of the task. The first is the reference. */
export type Agreement =
  | {
      readonly kind: 'classes';
      /** Whether both name the same best class. */
      readonly top1: boolean;
      /** Whether the reference's best class is among the other's best five. */
      readonly top5: boolean;
      /** Of the reference's best five classes, the share that is among the other's best five. */
      readonly shared: number;
      /** Score of the reference's best class, the other's minus the reference's; null where the other does not list it. */
      readonly score_difference: number | null;
    }
  | (Matched & {
      readonly kind: 'detections';
      /** Intersection over union of matched boxes; null where none match. */
      readonly mean_iou: number | null;
      readonly least_iou: number | null;
      /** Greatest absolute difference of matched scores; null where none match. */
      readonly score_difference: number | null;
    })
  /** As for detections, but of the objects' masks. */
  | (Matched & {
      readonly kind: 'instances';
      readonly mean_iou: number | null;
      readonly least_iou: number | null;
      readonly score_difference: number | null;
    })
  | { readonly kind: 'mask'; /** Of what is foreground with a probability of at least a half. */ readonly iou: number }
  | {
      readonly kind: 'class-map';
      /** Mean of the intersection over union of every class that either of them shows. */
      readonly iou: number;
      /** Share of pixels with the same class. */
      readonly same: number;
    }
  | {
      readonly kind: 'landmarks';
      /** Mean and greatest distance of points, as a share of the diagonal of the box around the reference's points. */
      readonly mean_distance: number;
      readonly greatest_distance: number;
      /** Absolute difference of the probabilities that the object is there; a model that does not say is sure. */
      readonly score_difference: number;
    }
  | (Matched & {
      readonly kind: 'skeletons';
      /** As for landmarks, over matched bodies and the points that the reference shows; null where none match. */
      readonly mean_distance: number | null;
      readonly greatest_distance: number | null;
      readonly score_difference: number | null;
    })
  | { readonly kind: 'depth'; /** Mean absolute difference of nearness, as a share of the way from far to near. */ readonly difference: number }
  | {
      readonly kind: 'text';
      /** Characters that must be changed, added or taken away to make one of the other (Levenshtein). */
      readonly edits: number;
      /** Characters of the reference. */
      readonly characters: number;
      readonly same: boolean;
    }
  | { readonly kind: 'embedding'; /** Of the angle between the vectors, −1 to 1. */ readonly cosine: number }
  | { readonly kind: 'picture'; /** Mean absolute difference of colours, as a share of the range from black to white. */ readonly difference: number };

export type AgreementAs<Kind extends Agreement['kind']> = Extract<Agreement, { readonly kind: Kind }>;

/** Results that have no fixed number: which of them belong together. */
export interface Matched {
  readonly matched: number;
  /** Only the reference has them. */
  readonly missing: number;
  /** Only the other one has them. */
  readonly extra: number;
}

/** What is known of a classifier's answers where the truth is known. */
export interface Accuracy {
  /** Samples whose label is a class of the model, with an answer. */
  readonly labelled: number;
  readonly right: number;
  /** Those whose true class is among the best five. */
  readonly right5: number;
}

/** How often each class was taken for each. */
export interface ConfusionMatrix {
  /** Indices of the classes that occur, as truth or as answer, ascending. */
  readonly classes: readonly number[];
  /** Rows: the truth; columns: the answer; both in the order of `classes`. */
  readonly counts: readonly (readonly number[])[];
}
