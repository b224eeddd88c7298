import type { CompiledModel } from '../../../../compiler/compile';
import type { OpFate } from '../../../../report/op-profile';
import type { OpClock, OpTotal } from '../op-clock';

/** Times a compiled model's calls one by one, each of which does one op, and what was fused into it. */
export class CallClock implements OpClock {
  readonly method = 'kernels';
  readonly maximumRuns = Number.MAX_SAFE_INTEGER;
  readonly #calls: readonly (() => void)[];
  readonly #compiled: Pick<CompiledModel, 'calls' | 'elided'>;
  readonly #operators: number;
  readonly #totals_ms: Float64Array;

  /** @param operators how many the subgraph has */
  constructor(calls: readonly (() => void)[], compiled: Pick<CompiledModel, 'calls' | 'elided'>, operators: number) {
    [this.#calls, this.#compiled, this.#operators] = [calls, compiled, operators];
    this.#totals_ms = new Float64Array(calls.length);
  }

  run(): void {
    let before = performance.now();
    this.#calls.forEach((call, index) => {
      call();
      const after = performance.now();
      this.#totals_ms[index] = (this.#totals_ms[index] ?? 0) + after - before;
      before = after;
    });
  }

  read(): readonly OpTotal[] {
    const totals = new Map<number, OpTotal>();
    const put = (operator: number, fate: OpFate, total_ms: number, kernel: string | null): void => {
      const known = totals.get(operator);
      if (known?.fate.kind === 'timed') totals.set(operator, { ...known, total_ms: known.total_ms + total_ms });
      else totals.set(operator, { fate, total_ms, times_called: fate.kind === 'timed' ? 1 : 0, accelerated: true, kernel });
    };
    for (const operator of this.#compiled.elided) put(operator, { kind: 'elided' }, 0, null);
    this.#compiled.calls.forEach(({ operators: [own, ...fused], name }, index) => {
      if (own === undefined) return;
      put(own, { kind: 'timed' }, this.#totals_ms[index] ?? 0, name);
      for (const other of fused) if (!totals.has(other)) put(other, { kind: 'fused', into: own }, 0, null);
    });
    return Array.from({ length: this.#operators }, (_, operator) => totals.get(operator) ?? { fate: { kind: 'folded' }, total_ms: 0, times_called: 0, accelerated: null, kernel: null });
  }
}
