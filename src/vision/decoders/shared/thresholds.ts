/** What detectors with TFLite's own post-processing are shown from, by default: a score as likely right as wrong. */
export const objectThreshold = 0.5;

/** MoveNet's scores are lower than those of others; its own examples show points from here on. */
export const keyPointThreshold = 0.3;

/** PoseNet's scores are probabilities; its own examples show points from here on. */
export const poseNetThreshold = 0.5;
