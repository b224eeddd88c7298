import * as v from 'valibot';

const part = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** How a frame and what was found in it are shown. Nothing here changes what the model sees or finds. */
export const drawingStyleSchema = v.strictObject({
  /** Shown as in a mirror; letters stay readable. */
  mirror: v.boolean(),
  /**
   * What a mask does to the picture: `tint` colours the person, `blur` and `replace` change the background,
   * `mask` shows the probabilities themselves, white for the person.
   */
  mask: v.picklist(['tint', 'blur', 'replace', 'mask']),
  /** The background of `replace`, `#rrggbb`. */
  background: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i)),
  /** How strongly maps of classes and pictures of a model cover the frame: 0 to 1. */
  cover: part,
});
export type DrawingStyle = v.InferOutput<typeof drawingStyleSchema>;

export const defaultDrawingStyle: DrawingStyle = { mirror: false, mask: 'tint', background: '#1e8e3e', cover: 0.6 };
