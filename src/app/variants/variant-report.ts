import type { OpenModel } from '../../api';
import type { LayersComparison } from '../../studies/accuracy/page/compare-layers';
import { writeRecipe } from '../../quantize/recipe-json';
import type { MadeVariant } from './variants-state.svelte';

/** All that is known of a variant, as JSON, for a build or a colleague: what it was made of and how, sizes, errors, speed, ops and ranges. Errors by layer are null until somebody asked for them. */
export function variantReport(original: OpenModel, made: MadeVariant, layers: LayersComparison | null): string {
  const identity = ({ name, bytes, sha256 }: OpenModel) => ({ name, bytes, sha256 });
  const { model, proof } = made.variant;
  const how = made.kind === 'rewritten'
    ? { rewriting: made.rewriting, precision: made.variant.precision, changed: made.variant.changed, skipped: made.variant.skipped }
    : {
        recipe: { ...made.variant.recipe, rules: JSON.parse(writeRecipe(made.variant.recipe)) as unknown },
        calibration: made.variant.calibration, floatLayers: made.variant.floatLayers === null ? null : { ...made.variant.floatLayers, sensitivity: Object.fromEntries(made.variant.floatLayers.sensitivity) },
        warnings: made.variant.warnings, operators: made.variant.operators, tensors: made.variant.tensors, skipped: made.variant.skipped,
      };
  // JSON has no infinity: what has no error has no ratio to it.
  return `${JSON.stringify({ kind: made.kind, original: identity(original), variant: identity(model), size_ratio: model.bytes / original.bytes, proof, layers, ...how }, null, 2)}\n`;
}
