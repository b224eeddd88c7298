import { formatShape } from '../messages/format';
import { recognition as text } from '../messages/recognition';
import { isKeyPointShape } from '../vision/decoders/shared/key-points';
import { poseNetForm } from '../vision/decoders/shared/pose-net-form';
import { keyPointThreshold, poseNetThreshold } from '../vision/decoders/shared/thresholds';
import { fromMinusOneToOne, lonePicture, pixelValues } from './forms';
import type { Recogniser } from './types';

/** MoveNet, one body (Lightning, Thunder) or several (MultiPose): trained on padded pictures of 0 to 255. */
export const recogniseMoveNet: Recogniser = ({ inputs, outputs }) => {
  const picture = lonePicture(inputs);
  const [output, ...others] = outputs;
  if (picture === null || output === undefined || others.length > 0 || !isKeyPointShape(output.shape)) return null;
  const single = output.shape.at(-1) === 3;
  return {
    name: single ? text.families.moveNetSingle : text.families.moveNetMulti,
    because: single ? text.because.moveNetSingle(formatShape(output.shape)) : text.because.moveNetMulti(formatShape(output.shape)),
    decoder: { kind: 'key-points', scoreThreshold: keyPointThreshold },
    preprocessing: { fit: 'letterbox', values: pixelValues(picture.tensor) },
  };
};

/** PoseNet on MobileNet: pictures of −1 to 1, padded. */
export const recognisePoseNet: Recogniser = ({ inputs, outputs }) => {
  const picture = lonePicture(inputs);
  const form = picture === null ? null : poseNetForm(outputs);
  if (picture === null || form === null) return null;
  return {
    name: text.families.poseNet,
    because: form.displacements === undefined ? text.because.poseNet(form.rows, form.columns) : text.because.poseNetOfSeveral(form.rows, form.columns),
    decoder: { kind: 'key-points', scoreThreshold: poseNetThreshold },
    preprocessing: { fit: 'letterbox', ...(picture.tensor.dtype === 'float32' || picture.tensor.dtype === 'float16' ? { values: fromMinusOneToOne } : {}) },
  };
};
