import { rewrite as words } from '../messages/rewrite';
import { tflitePlaces as places } from '../messages/tflite-places';
import type { Model } from '../tflite/format/model';
import { unfoldFloat16 } from './unfold-float16';
import { floatHardSwish } from './float-hard-swish';
import { fuseActivations } from './fuse-activations';
import { globalPooling } from './global-pooling';
import type { Pass } from './pass';
import { transposeConvolution } from './transpose-convolution';
import { uint8ToInt8 } from './uint8-to-int8';

const unfoldFloat16Pass: Pass = {
  id: 'unfold-float16',
  get title() { return words.unfoldFloat16.title; },
  get purpose() { return words.unfoldFloat16.purpose; },
  precision: 'exact',
  apply(model) {
    const { model: unfolded, constants } = unfoldFloat16(model);
    return { model: unfolded, changed: constants === 0 ? [] : [{ place: places.weights, text: words.unfoldFloat16.changed(constants) }], skipped: [] };
  },
};

/** The passes that need no settings, in an order in which all of them can be applied. */
export const passes: readonly Pass[] = [unfoldFloat16Pass, transposeConvolution, fuseActivations, globalPooling, uint8ToInt8, floatHardSwish];

/** Whether a pass would change something in this model. Costs as much as the pass itself. */
export function applies(pass: Pass, model: Model): boolean {
  return pass.apply(model).changed.length > 0;
}
