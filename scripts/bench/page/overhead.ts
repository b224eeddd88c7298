/** What our engine adds to a run: the session's benchmark and a bare loop in turn, on one loaded model in one worker. */
import { capabilities } from '../../../src/engine/builds/page/capabilities';
import type { StudyMethods } from '../../../src/studies/worker/study-methods';
import { OwnedWorker } from '../../../src/threads/page/owned-worker';
import { chooseBuild, compiledModule } from '../../../src/engine/builds/page/builds';
import type { OpenModel } from '../../../src/api';
import type { Overhead, OverheadRequest } from '../types';
import type { BareRequest } from './bare.worker';

type Series = number[][];

/** The runtime's glue, with a look at the module that it makes: the address of a script of our own that wraps it. */
function watchedGlue(address: string): string {
  const script = `import factory from ${JSON.stringify(address)};
export default async (options) => {
  const module = await factory(options);
  self.watchModule(module);
  return module;
};`;
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

/** One worker with the model loaded, to be measured in both ways. */
async function openInstance(model: OpenModel, { runtime, runs, warmup_ms }: OverheadRequest) {
  const configuration = { runtime, accelerator: 'wasm', threads: 1 } as const;
  const build = chooseBuild(configuration, await capabilities());
  const wasm = await compiledModule(build, () => undefined);
  const glue = watchedGlue(build.folder + build.moduleFile);
  const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
  const { remote } = new OwnedWorker<StudyMethods>(worker);
  const request = { model: model.blob, summary: model.summary, configuration, build: { ...build, folder: '', moduleFile: glue }, wasm };
  await remote.load(request);
  URL.revokeObjectURL(glue);

  const { port1: port, port2 } = new MessageChannel();
  worker.postMessage({ bare: port2 }, [port2]);
  const input = model.summary.signatures[0]?.inputs[0]?.name ?? '';
  const plan = { warmup_runs: 1, warmup_min_secs: warmup_ms / 1000, num_runs: runs, min_secs: 0, max_secs: 60 };
  return {
    async ours(): Promise<number[]> {
      const reply = await remote.benchmark({ inputs: { [input]: { kind: 'zeros' } }, plan });
      return [...reply.samples_ms];
    },
    bare: (): Promise<number[]> => new Promise((resolve) => {
      port.onmessage = ({ data }: MessageEvent<number[]>) => { resolve(data); };
      const bareRequest: BareRequest = { warmup_ms, runs };
      port.postMessage(bareRequest);
    }),
    close: () => { worker.terminate(); },
  };
}

/** In each instance rounds in turn, every second one in the opposite order; one round before them is not kept. */
export async function overhead(model: OpenModel, request: OverheadRequest): Promise<Overhead> {
  const series: { ours: Series; bare: Series; control: Series } = { ours: [], bare: [], control: [] };
  for (let instance = 0; instance < request.instances; instance++) {
    const { ours, bare, close } = await openInstance(model, request);
    const turns: readonly (readonly [keyof typeof series, () => Promise<number[]>])[] = [['bare', bare], ['ours', ours], ['control', bare]];
    for (let round = -1; round < request.rounds; round++) {
      for (const [name, measure] of round % 2 === 0 ? turns : [...turns].reverse()) {
        const samples = await measure();
        if (round >= 0) series[name].push(samples);
      }
    }
    close();
  }
  return { ...request, ...series };
}
