import type { Decoded } from '../vision/shared/types';
import { formatPercent, formatReal } from '../messages/format';
import { wording as text } from '../messages/wording';

/** Below it MediaPipe's models count the object as absent. */
const present = 0.5;

/** One sentence on what was found; the picture's words for those who do not see it. */
export function describeDecoded(decoded: Decoded): string {
  switch (decoded.kind) {
    case 'instances':
    case 'detections': {
      const { detections } = decoded;
      const [label = '', ...others] = new Set(detections.map((detection) => detection.label));
      // Numbers, as those of unnamed classes, have no plural.
      const name = others.length > 0 || !/\p{L}$/u.test(label) ? null : label;
      return detections.length === 0 ? text.nothingFound : text.found(detections.length, name);
    }
    case 'landmarks':
      if (decoded.score === null) return text.landmarksAlone(decoded.points.length);
      return decoded.score >= present
        ? text.landmarks(decoded.points.length, formatPercent(decoded.score))
        : text.notInPicture(formatPercent(decoded.score));
    case 'skeletons': {
      const [first, ...others] = decoded.skeletons;
      if (first === undefined) return text.nobodyFound;
      if (others.length > 0) return text.bodiesFound(decoded.skeletons.length);
      const shown = first.points.filter(({ visibility }) => (visibility ?? 1) >= decoded.threshold).length;
      return text.keyPoints(shown, first.points.length, formatPercent(first.score));
    }
    case 'class-map': return text.classMap(decoded.width, decoded.height, decoded.legend.length);
    case 'text': return decoded.text === '' ? text.noText : decoded.score === null ? text.line(decoded.text) : text.scoredLine(decoded.text, formatPercent(decoded.score));
    case 'embedding': return text.embedding(decoded.values.length, formatReal(decoded.length));
    case 'depth': return text.depth(decoded.width, decoded.height);
    case 'picture': {
      const { width, height, range, enlarged } = decoded;
      if (enlarged !== undefined) return text.enlargedPicture({ width, height, factor: enlarged, black: formatReal(range.lowest), white: formatReal(range.highest) });
      return text.picture({ width, height, black: formatReal(range.lowest), white: formatReal(range.highest) });
    }
    case 'mask': return text.mask(decoded.width, decoded.height);
    case 'classes': {
      const [best] = decoded.classes;
      return best === undefined ? text.noClass : text.bestClass(best.label, formatPercent(best.score));
    }
  }
}
