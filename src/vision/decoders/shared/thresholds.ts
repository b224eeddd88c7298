/** What detectors with TFLite's own post-processing are shown from, by default: a score as likely right as wrong. */
export const objectThreshold = 0.5;

/** CenterNet's own demo shows objects from here on. */
export const centreThreshold = 0.3;

/** MoveNet's scores are lower than those of others; its own examples show points from here on. */
export const keyPointThreshold = 0.3;

/** PoseNet's scores are probabilities; its own examples show points from here on. */
export const poseNetThreshold = 0.5;
/** The YOLO family's own (Ultralytics' `predict`, and `detect.py` of v5 for the overlap of heads with objectness). */
export const yoloThresholds = { classes: { scoreThreshold: 0.25, overlapThreshold: 0.7 }, objectness: { scoreThreshold: 0.25, overlapThreshold: 0.45 }, final: { scoreThreshold: 0.25, overlapThreshold: 0.7 } } as const;
