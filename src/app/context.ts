import { getContext, setContext } from 'svelte';
import type { Litescope } from '../api';
import type { LabelQuestions } from './setup/label-questions.svelte';
import type { LiveState } from './live/live-state.svelte';
import type { SoundLive } from './live/sound-live.svelte';
import type { Activity } from './state/activity.svelte';
import type { BenchmarkState } from './benchmark/benchmark-state.svelte';
import type { ComparisonState } from './benchmark/comparison-state.svelte';
import type { ConfigurationChoice } from './setup/configuration-choice.svelte';
import type { Device } from './state/device.svelte';
import type { OfflineState } from './offline/offline-state.svelte';
import type { Notices } from './state/notices.svelte';
import type { Opening } from './start/opening.svelte';
import type { Pictures } from './setup/pictures.svelte';
import type { Preferences } from './state/preferences.svelte';
import type { Problems } from './state/problems.svelte';
import type { RunHistory } from './history/run-history.svelte';
import type { WhyState } from './why/why-state.svelte';
import type { SweepState } from './threads/sweep-state.svelte';
import type { SharedReport } from './shared-report/shared-report.svelte';
import type { ValueQuestion } from './setup/value-question.svelte';
import type { WaitingRuns } from './golden/replay-state.svelte';
import type { ViewChoice } from './state/view-choice.svelte';
import type { Workbench } from './state/workbench.svelte';

/** What the page's parts share; each has one concern. */
export interface Shared {
  readonly litescope: Litescope;
  readonly activity: Activity;
  readonly benchmark: BenchmarkState;
  readonly comparison: ComparisonState;
  readonly configuration: ConfigurationChoice;
  readonly device: Device;
  readonly labelQuestions: LabelQuestions;
  readonly live: LiveState;
  readonly notices: Notices;
  readonly offline: OfflineState;
  readonly opening: Opening;
  readonly pictures: Pictures;
  readonly preferences: Preferences;
  readonly problems: Problems;
  readonly runHistory: RunHistory;
  readonly why: WhyState;
  readonly sweep: SweepState;
  readonly sharedReport: SharedReport;
  readonly soundLive: SoundLive;
  readonly valueQuestion: ValueQuestion;
  readonly view: ViewChoice;
  readonly waitingRuns: WaitingRuns;
  readonly workbench: Workbench;
}

const key = Symbol('litescope');

export function provideShared(shared: Shared): Shared {
  return setContext(key, shared);
}

export function useShared(): Shared {
  return getContext<Shared>(key);
}
