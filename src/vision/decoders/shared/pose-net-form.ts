const points = 17;
/** Joints of the tree that PoseNet follows from one point to the next. */
export const joints = 16;

/** Which output is which, by its place in the list. */
export interface PoseNetForm {
  readonly rows: number;
  readonly columns: number;
  readonly heatmaps: number;
  readonly offsets: number;
  /** Where the model gives them: ways along each joint, downwards and back. `both` has the two behind each other. */
  readonly displacements?: { readonly both: number } | { readonly forward: number; readonly backward: number };
}

interface NamedShape {
  readonly name?: string | undefined;
  readonly shape: readonly number[];
}

/**
 * Whether outputs have PoseNet's form: heat maps [1, rows, columns, 17] and offsets [1, rows, columns, 34] of the same
 * grid, and displacements of 64 channels, or twice 32, which the names tell apart, else the order: forward first.
 */
export function poseNetForm(outputs: readonly NamedShape[]): PoseNetForm | null {
  const heatmaps = outputs.findIndex(({ shape }) => shape.length === 4 && shape[0] === 1 && shape[3] === points && (shape[1] ?? 0) > 1 && (shape[2] ?? 0) > 1);
  const [, rows = 0, columns = 0] = outputs[heatmaps]?.shape ?? [];
  const ofChannels = (channels: number): number[] => outputs.flatMap(({ shape }, place) => (shape.length === 4 && shape[0] === 1 && shape[1] === rows && shape[2] === columns && shape[3] === channels ? [place] : []));
  const [offsets] = ofChannels(points * 2);
  if (heatmaps === -1 || offsets === undefined) return null;
  const form = { rows, columns, heatmaps, offsets };
  const [both] = ofChannels(joints * 4);
  if (both !== undefined) return { ...form, displacements: { both } };
  const [first, second] = ofChannels(joints * 2);
  if (first === undefined || second === undefined) return form;
  const turned = /bwd|back/i.test(outputs[first]?.name ?? '') && !/bwd|back/i.test(outputs[second]?.name ?? '');
  return { ...form, displacements: turned ? { forward: second, backward: first } : { forward: first, backward: second } };
}
