import type { Litescope } from '../../api';
import type { Shared } from '../context';
import { LabelQuestions } from '../setup/label-questions.svelte';
import { LiveState } from '../live/live-state.svelte';
import { SoundLive } from '../live/sound-live.svelte';
import { Activity } from './activity.svelte';
import { BenchmarkState } from '../benchmark/benchmark-state.svelte';
import { ComparisonState } from '../benchmark/comparison-state.svelte';
import { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import { Device } from './device.svelte';
import { OfflineState } from '../offline/offline-state.svelte';
import { Notices } from './notices.svelte';
import { Opening } from '../start/opening.svelte';
import { Pictures } from '../setup/pictures.svelte';
import { Preferences } from './preferences.svelte';
import { Problems } from './problems.svelte';
import { RunHistory } from '../history/run-history.svelte';
import { WhyState } from '../why/why-state.svelte';
import { SweepState } from '../threads/sweep-state.svelte';
import { SharedReport } from '../shared-report/shared-report.svelte';
import { ValueQuestion } from '../setup/value-question.svelte';
import { WaitingRuns } from '../golden/replay-state.svelte';
import { ViewChoice } from './view-choice.svelte';
import { Workbench } from './workbench.svelte';

/** Puts the page's concerns together, once a page. */
export function makeShared(litescope: Litescope): Shared {
  const pictures = new Pictures();
  const problems = new Problems();
  const workbench = new Workbench(litescope, pictures);
  const configuration = new ConfigurationChoice();
  const notices = new Notices();
  const preferences = new Preferences();
  return {
    litescope,
    activity: new Activity(),
    benchmark: new BenchmarkState(),
    comparison: new ComparisonState(),
    configuration,
    device: new Device(litescope),
    labelQuestions: new LabelQuestions(workbench),
    live: new LiveState(litescope, configuration, problems),
    soundLive: new SoundLive(litescope, configuration, problems),
    notices,
    offline: new OfflineState(litescope, notices, preferences),
    opening: new Opening(litescope, workbench, problems, () => (preferences.byItself ? configuration.requested : undefined)),
    pictures,
    preferences,
    problems,
    runHistory: new RunHistory(),
    why: new WhyState(),
    sweep: new SweepState(),
    sharedReport: new SharedReport(),
    valueQuestion: new ValueQuestion(),
    view: new ViewChoice(),
    waitingRuns: new WaitingRuns(),
    workbench,
  };
}
