/** What a search found. */
export interface FloatLayers {
  /** Layers that stay in float, most sensitive first. */
  readonly layers: readonly string[];
  /** Signal to noise ratio with them, dB. */
  readonly sqnr_db: number;
  /** Whether it reaches what was asked for. */
  readonly reached: boolean;
  /** By layer, dB that the whole model gains when this layer alone stays in float; empty where nothing had to be searched. */
  readonly sensitivity: ReadonlyMap<string, number>;
  /** Every set of layers that was tried, in order: what each costs and brings. */
  readonly tried: readonly { readonly layers: readonly string[]; readonly sqnr_db: number }[];
}

/**
 * Looks for the fewest layers that must stay in float for a quantized model to reach a signal to noise ratio. First each
 * layer alone is kept in float, which tells how sensitive it is; then the most sensitive ones are kept together, as few
 * as suffice, by bisection; then each of these is tried without. The least set of all would take a try for every subset.
 *
 * @param layers by the names of their outputs
 * @param evaluate gives the worst output's signal to noise ratio in dB with these layers in float; called one after the other
 */
export async function searchFloatLayers(layers: readonly string[], least_db: number, evaluate: (inFloat: readonly string[]) => Promise<number>): Promise<FloatLayers> {
  const tried: { layers: readonly string[]; sqnr_db: number }[] = [];
  const attempt = async (inFloat: readonly string[]): Promise<number> => {
    const sqnr_db = await evaluate(inFloat);
    tried.push({ layers: inFloat, sqnr_db });
    return sqnr_db;
  };
  const none = await attempt([]);
  if (none >= least_db) return { layers: [], sqnr_db: none, reached: true, sensitivity: new Map(), tried };

  const sensitivity = new Map<string, number>();
  for (const layer of layers) sensitivity.set(layer, await attempt([layer]) - none);
  const ranked = [...layers].sort((a, b) => (sensitivity.get(b) ?? 0) - (sensitivity.get(a) ?? 0));

  const all = await attempt(ranked);
  if (all < least_db) {
    const best = tried.reduce((one, other) => (other.sqnr_db > one.sqnr_db ? other : one));
    return { ...best, reached: false, sensitivity, tried };
  }
  let [enough, tooFew] = [ranked.length, 0];
  let found = { layers: ranked as readonly string[], sqnr_db: all };
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    const inFloat = ranked.slice(0, middle);
    const sqnr_db = await attempt(inFloat);
    if (sqnr_db >= least_db) {
      enough = middle;
      found = { layers: inFloat, sqnr_db };
    } else {
      tooFew = middle;
    }
  }
  // What was added on the way may have made others unnecessary; the least sensitive go first.
  for (const layer of [...found.layers].reverse()) {
    if (found.layers.length === 1) break;
    const inFloat = found.layers.filter((other) => other !== layer);
    const sqnr_db = await attempt(inFloat);
    if (sqnr_db >= least_db) found = { layers: inFloat, sqnr_db };
  }
  return { ...found, reached: true, sensitivity, tried };
}
