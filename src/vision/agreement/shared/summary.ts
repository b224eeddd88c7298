import type { Agreement, AgreementAs } from './types';

/** Agreement over many pictures. */
export type AgreementSummary =
  | { readonly kind: 'classes'; readonly samples: number; readonly top1: number; readonly top5: number }
  | { readonly kind: 'detections' | 'instances'; readonly samples: number; readonly matched: number; readonly missing: number; readonly extra: number; /** Over all matched boxes, or masks. */ readonly mean_iou: number | null; readonly least_iou: number | null; readonly score_difference: number | null }
  | { readonly kind: 'mask'; readonly samples: number; readonly mean_iou: number; readonly least_iou: number }
  | { readonly kind: 'class-map'; readonly samples: number; readonly mean_iou: number; readonly least_iou: number; readonly same: number }
  | { readonly kind: 'landmarks'; readonly samples: number; readonly mean_distance: number; readonly greatest_distance: number; readonly score_difference: number }
  | { readonly kind: 'skeletons'; readonly samples: number; readonly matched: number; readonly missing: number; readonly extra: number; readonly mean_distance: number | null; readonly greatest_distance: number | null; readonly score_difference: number | null }
  | { readonly kind: 'depth'; readonly samples: number; readonly mean_difference: number; readonly greatest_difference: number }
  | { readonly kind: 'text'; readonly samples: number; readonly same: number; /** Edits by the characters of all references; null where these have none. */ readonly error_rate: number | null }
  | { readonly kind: 'embedding'; readonly samples: number; readonly mean_cosine: number; readonly least_cosine: number }
  | { readonly kind: 'picture'; readonly samples: number; readonly mean_difference: number; readonly greatest_difference: number };

/** Means over pictures, but for boxes and bodies, where each pair counts alike. @returns null without any, or for a mixture of tasks */
export function summarizeAgreement(all: readonly Agreement[]): AgreementSummary | null {
  const [first] = all;
  if (first === undefined || all.some(({ kind }) => kind !== first.kind)) return null;
  const samples = all.length;
  switch (first.kind) {
    case 'classes': {
      const list = all as readonly AgreementAs<'classes'>[];
      return { kind: 'classes', samples, top1: list.filter(({ top1 }) => top1).length, top5: list.filter(({ top5 }) => top5).length };
    }
    case 'instances':
    case 'detections': {
      const list = all as readonly AgreementAs<'detections' | 'instances'>[];
      return { kind: first.kind, samples, ...members(list), mean_iou: weighted(list, ({ mean_iou }) => mean_iou), least_iou: least(list.map(({ least_iou }) => least_iou)), score_difference: greatest(list.map(({ score_difference }) => score_difference)) };
    }
    case 'skeletons': {
      const list = all as readonly AgreementAs<'skeletons'>[];
      return { kind: 'skeletons', samples, ...members(list), mean_distance: weighted(list, ({ mean_distance }) => mean_distance), greatest_distance: greatest(list.map(({ greatest_distance }) => greatest_distance)), score_difference: greatest(list.map(({ score_difference }) => score_difference)) };
    }
    case 'mask': {
      const ious = (all as readonly AgreementAs<'mask'>[]).map(({ iou }) => iou);
      return { kind: 'mask', samples, mean_iou: mean(ious), least_iou: Math.min(...ious) };
    }
    case 'class-map': {
      const list = all as readonly AgreementAs<'class-map'>[];
      return { kind: 'class-map', samples, mean_iou: mean(list.map(({ iou }) => iou)), least_iou: Math.min(...list.map(({ iou }) => iou)), same: mean(list.map(({ same }) => same)) };
    }
    case 'landmarks': {
      const list = all as readonly AgreementAs<'landmarks'>[];
      return { kind: 'landmarks', samples, mean_distance: mean(list.map(({ mean_distance }) => mean_distance)), greatest_distance: Math.max(...list.map(({ greatest_distance }) => greatest_distance)), score_difference: Math.max(...list.map(({ score_difference }) => score_difference)) };
    }
    case 'text': {
      const list = all as readonly AgreementAs<'text'>[];
      const characters = list.reduce((sum, each) => sum + each.characters, 0);
      return { kind: 'text', samples, same: list.filter(({ same }) => same).length, error_rate: characters === 0 ? null : list.reduce((sum, { edits }) => sum + edits, 0) / characters };
    }
    case 'embedding': {
      const cosines = (all as readonly AgreementAs<'embedding'>[]).map(({ cosine }) => cosine);
      return { kind: 'embedding', samples, mean_cosine: mean(cosines), least_cosine: Math.min(...cosines) };
    }
    case 'depth':
    case 'picture': {
      const differences = (all as readonly AgreementAs<'depth' | 'picture'>[]).map(({ difference }) => difference);
      return { kind: first.kind, samples, mean_difference: mean(differences), greatest_difference: Math.max(...differences) };
    }
  }
}

interface Members {
  readonly matched: number;
  readonly missing: number;
  readonly extra: number;
}

function members(list: readonly Members[]): Members {
  const sum = (of: (each: Members) => number): number => list.reduce((total, each) => total + of(each), 0);
  return { matched: sum(({ matched }) => matched), missing: sum(({ missing }) => missing), extra: sum(({ extra }) => extra) };
}

function weighted<T extends Members>(list: readonly T[], of: (each: T) => number | null): number | null {
  const { matched } = members(list);
  return matched === 0 ? null : list.reduce((sum, each) => sum + each.matched * (of(each) ?? 0), 0) / matched;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
