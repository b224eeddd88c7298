import { recognition as text } from '../messages/recognition';
import { centreMapsOf, centreMapSize } from '../vision/decoders/shared/center-net-form';
import { centreThreshold } from '../vision/decoders/shared/thresholds';
import { ofOnePicture, pictureInput } from './picture-input';
import type { Recogniser } from './types';

/** Pixels of the input in a cell of all CenterNets. */
const stride = 4;

/** CenterNet by its three maps of a quarter of the input. TensorFlow's have height before width, and say so in a name. */
export const centerNet: Recogniser = ({ inputs, outputs }) => {
  const picture = pictureInput(inputs);
  const maps = centreMapsOf(outputs.map((output) => ({ ...output, shape: ofOnePicture(output.shape) })));
  const size = maps === null ? null : centreMapSize(maps.heat.shape);
  if (picture === null || maps === null || size === null || size.width * stride !== picture.width || size.height * stride !== picture.height) return null;
  const order = maps.named && /height_width|hw/i.test(maps.pair[0].name ?? '') ? 'yx' : 'xy';
  return {
    name: text.families.centerNet, because: text.because.centreMaps(`${size.width} × ${size.height}`, size.channels),
    decoder: { kind: 'center-net', order, scoreThreshold: centreThreshold }, preprocessing: { fit: 'letterbox' },
  };
};
