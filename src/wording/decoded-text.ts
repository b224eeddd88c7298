import type { Decoded } from '../vision/shared/types';
import { formatCount, formatPercent, formatPlural, formatReal } from '../messages/format';

/** Below it MediaPipe's models count the object as absent. */
const present = 0.5;

/** One sentence on what was found; the picture's words for those who do not see it. */
export function describeDecoded(decoded: Decoded): string {
  switch (decoded.kind) {
    case 'detections': {
      const { detections } = decoded;
      const [label = '', ...others] = new Set(detections.map((detection) => detection.label));
      // Numbers, as those of unnamed classes, have no plural.
      const name = others.length > 0 || !/\p{L}$/u.test(label) ? 'object' : label;
      return detections.length === 0 ? 'Nothing was found' : `${formatPlural(detections.length, name)} found`;
    }
    case 'landmarks':
      return decoded.score >= present
        ? `${formatPlural(decoded.points.length, 'landmark')}, score ${formatPercent(decoded.score)}`
        : `Not in the picture, score ${formatPercent(decoded.score)}; landmarks are not drawn`;
    case 'skeletons': {
      const [first, ...others] = decoded.skeletons;
      if (first === undefined) return 'Nobody was found';
      if (others.length > 0) return `${formatCount(decoded.skeletons.length)} bodies found`;
      const shown = first.points.filter(({ visibility }) => (visibility ?? 1) >= decoded.threshold).length;
      return `${formatCount(shown)} of ${formatPlural(first.points.length, 'key point')}, score ${formatPercent(first.score)}`;
    }
    case 'class-map': return `Map of ${decoded.width} × ${decoded.height} pixels, ${formatPlural(decoded.legend.length, 'class', 'classes')}`;
    case 'picture': {
      const { width, height, range } = decoded;
      return `Picture of ${width} × ${height} pixels, black at ${formatReal(range.lowest)}, white at ${formatReal(range.highest)}`;
    }
    case 'mask': return `Mask of ${decoded.width} × ${decoded.height} pixels`;
    case 'classes': {
      const [best] = decoded.classes;
      return best === undefined ? 'No class has a score' : `${best.label}, ${formatPercent(best.score)}`;
    }
  }
}
