import type { ErrorCode } from '../../errors';
import type { Shared } from '../context';
import type { Problem, ProblemPlace, ProblemStep } from '../state/problems.svelte';
import { parts as text } from '../../messages/parts';

/** Failures that may pass: of networks, devices and sessions. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DOWNLOAD_FAILED', 'NO_ANSWER', 'OFFLINE', 'HASH_MISMATCH', 'RUNTIME_LOAD_FAILED', 'OUT_OF_MEMORY', 'SESSION_HUNG', 'SESSION_CRASHED', 'SESSION_CLOSED',
  'CAMERA_DENIED', 'NO_CAMERA', 'CAMERA_BUSY', 'SCREEN_REFUSED', 'SOURCE_LOST', 'INTERNAL',
]);

/** Failures that another runtime or accelerator may not have. */
const ofRuntime: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNSUPPORTED_OP', 'UNSUPPORTED_DTYPE', 'RUNTIME_LOAD_FAILED', 'MODEL_REFUSED', 'INVOKE_FAILED', 'OUTPUT_NOT_WRITTEN', 'OUTPUT_MISSHAPEN', 'RUNTIME_UNFIT', 'NO_FRAMES', 'NO_RUNTIME', 'NO_WEBGPU', 'NO_WEBNN', 'INVALID_CONFIGURATION',
]);

/** Failures that fewer threads may not have. */
const ofThreads: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['OUT_OF_MEMORY', 'SESSION_HUNG', 'SESSION_CRASHED', 'INVOKE_FAILED', 'INVALID_CONFIGURATION', 'NOT_ISOLATED', 'NO_SHARED_MEMORY']);

/** What runs in the configuration that is set up, and not in one of its own. */
const configured: ReadonlySet<ProblemPlace> = new Set<ProblemPlace>(['run', 'benchmark', 'why', 'profile', 'outputs', 'live', 'pair']);

/** What no model came of: another one is the way on. */
const ofFile: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['UNKNOWN_GALLERY_MODEL', 'NOT_TFLITE', 'WEB_PAGE', 'GIT_LFS_POINTER', 'OTHER_FORMAT', 'LANGUAGE_MODEL', 'ARCHIVE', 'EDGE_TPU', 'WRONG_IDENTIFIER', 'EMPTY_FILE', 'TRUNCATED', 'CORRUPTED', 'INVALID_URL']);

/** What can be done about a problem by a button, the likeliest first. */
export function stepsOf({ configuration, runHistory, workbench }: Pick<Shared, 'configuration' | 'runHistory' | 'workbench'>, { error: { code }, place, retry, steps: own = [] }: Problem): readonly ProblemStep[] {
  const steps = [...own];
  const { runtime, accelerator, threads } = configuration;
  if (retry !== undefined && configured.has(place)) {
    if (ofRuntime.has(code) && (runtime !== 'auto' || accelerator !== 'auto')) {
      steps.push({ caption: text.anyRuntime, act: () => { configuration.chooseRuntime('auto'); configuration.chooseAccelerator('auto'); retry(); } });
    }
    if (ofThreads.has(code) && threads !== 1) steps.push({ caption: text.oneThread, act: () => { configuration.chooseThreads(1); retry(); } });
  }
  if (retry !== undefined && passing.has(code)) steps.push({ caption: text.again, act: retry });
  if (ofFile.has(code) && (workbench.selected !== null || runHistory.shown)) {
    steps.push({ caption: text.showGallery, act: () => { runHistory.show(false); workbench.select(null); } });
  }
  return steps;
}
