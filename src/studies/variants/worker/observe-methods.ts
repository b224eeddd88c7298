import { transfer } from 'comlink';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { SessionHost } from '../../../engine/session/worker/session-host';
import { calibrationBuffers, type CalibratedTensor } from '../../../quantize/calibration';
import { Observer } from './observer';

/** What finding ranges adds to a session. */
export function observeMethods(host: SessionHost) {
  let observer: Observer | null = null;
  return {
    /** Runs once and adds what the outputs held to the statistics that `observed` gives. */
    async observe(inputs: InputSources): Promise<void> {
      const { session } = host;
      await session.fill(inputs);
      await session.invoke();
      observer ??= new Observer(session.outputs);
      observer.add();
    },

    /** By output, over all runs of `observe`. Counts are moved to the page, which would copy them in one long task. */
    observed(): readonly CalibratedTensor[] {
      const tensors = observer?.result() ?? [];
      return transfer(tensors, calibrationBuffers(tensors));
    },
  };
}
