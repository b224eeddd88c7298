import * as v from 'valibot';

const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
const hertz = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Windows of TensorFlow's `tf.signal`, their spectra and the mel bands over them. Lengths are samples at the model's rate. */
const spectrum = {
  window: v.pipe(positiveInteger, v.maxValue(65_536)),
  hop: positiveInteger,
  /** A power of two, not below the window; the window is padded with zeros behind it. */
  fft: v.pipe(positiveInteger, v.maxValue(65_536), v.check((size) => Number.isInteger(Math.log2(size)))),
  bands: v.pipe(positiveInteger, v.maxValue(1024)),
  lowest_hz: hertz,
  highest_hz: hertz,
  /** Added to each band before the logarithm. */
  offset: v.pipe(v.number(), v.finite(), v.minValue(0)),
};

/** How sound becomes an input tensor. */
export const soundPreparationSchema = v.strictObject({
  /** Samples a second that the model was trained on. Clips of other rates are resampled. */
  sampleRate: v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(384_000)),
  /** What full scale becomes in a waveform: ±1, or ±32,768. Without effect on `micro-frontend`. */
  amplitude: v.picklist(['unit', 'int16']),
  /** Seconds from one window of the model to the next, in longer clips and in a stream. */
  hop_s: v.pipe(v.number(), v.finite(), v.minValue(0.001)),
  features: v.variant('kind', [
    v.strictObject({ kind: v.literal('waveform') }),
    /** `tf.signal`: the natural logarithm of `linear_to_mel_weight_matrix` over magnitudes of `stft`. */
    v.strictObject({ kind: v.literal('log-mel'), ...spectrum }),
    /** `tf.signal.mfccs_from_log_mel_spectrograms`, of which the first so many. */
    v.strictObject({ kind: v.literal('mfcc'), ...spectrum, coefficients: positiveInteger }),
    /** TFLite Micro's integer front end, 125 to 7,500 Hz, with noise reduction and gain control. */
    v.strictObject({ kind: v.literal('micro-frontend'), window: v.pipe(positiveInteger, v.minValue(4), v.maxValue(65_536)), hop: positiveInteger, bands: v.pipe(positiveInteger, v.maxValue(256)) }),
  ]),
});
