import type { LayersComparison } from '../../studies/accuracy/page/compare-layers';
import { comparingTables as text } from '../../messages/comparing-tables';
import type { OpNumbers } from '../../graph/model/shared/op-numbers';

/** Under which a graph is coloured by its difference from another model. */
export const layerNumbersId = (otherId: string): string => `layers ${otherId}`;

/**
 * How far the ops of a model are from those of another, as numbers by which its graph is coloured: the error in dB of the
 * signal, −SQNR, of which the largest is the worst. Ops without a difference have no number.
 */
export function layerNumbers({ layers }: LayersComparison, side: 'a' | 'b', other: { readonly id: string; readonly name: string }): OpNumbers {
  const worst = new Map<number, number>();
  for (const layer of layers) {
    // Below it nothing is to be told apart; a tenth of a dB is more than one can see.
    const error = Math.max(-60, Math.round(-layer.sqnr_db * 10) / 10 + 0);
    if (Number.isFinite(layer.sqnr_db)) worst.set(layer[side].op, Math.max(worst.get(layer[side].op) ?? -Infinity, error));
  }
  return { id: layerNumbersId(other.id), title: text.layers.errorAgainst(other.name), unit: text.layers.errorUnit, combine: 'largest', values: new Map([[0, worst]]), colours: {} };
}
