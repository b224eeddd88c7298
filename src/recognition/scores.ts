import type { ModelMetadata } from '../tflite/metadata/model-metadata';
import type { Decoder } from '../vision/shared/types';

/** What the file says of an output's scores. */
export function scoresOf(output: ModelMetadata['outputs'][number] | undefined): Pick<Extract<Decoder, { kind: 'classification' }>, 'calibration' | 'scoreThreshold'> {
  const { calibration, scoreThreshold } = output ?? {};
  return { ...(calibration === undefined ? {} : { calibration }), ...(scoreThreshold === undefined ? {} : { scoreThreshold }) };
}
