import { comparePair } from '../comparing/actions';
import type { Shared } from '../context';
import { profileModel } from '../profile/actions';
import { runModel } from '../result/actions';
import { measureSpeed } from '../speed/actions';
import type { WorkModel } from '../state/work-model.svelte';
import { frame as text } from '../../messages/frame';

/** What a view is for: its one button that stands out, and what Ctrl+Enter does there. */
export interface MainAction {
  readonly testId: string;
  readonly caption: string;
  readonly icon: 'play' | 'camera' | 'record' | 'stop';
  /** What is in its way, as a sentence; null where nothing is. */
  readonly hindrance: string | null;
  readonly perform: () => Promise<unknown>;
}

/** The main action of what is looked at; what it reads makes it be asked for again. */
export function mainAction(shared: Shared, work: WorkModel): MainAction {
  const { live, litescope, soundLive, view } = shared;
  const hindrance = waiting(shared);
  switch (view.current) {
    case 'overview':
      return { testId: 'run', caption: text.run, icon: 'play', hindrance, perform: () => runModel(shared, work) };
    case 'live':
      if (soundLive.phase !== 'off') return { testId: 'live-end', caption: text.stop, icon: 'stop', hindrance: null, perform: () => Promise.resolve(soundLive.stop()) };
      if (work.inputs.hears) return { testId: 'live-start', caption: text.startMicrophone, icon: 'record', hindrance, perform: () => soundLive.start(work, () => litescope.sounds.openMicrophone()) };
      if (live.phase !== 'off') return { testId: 'live-end', caption: text.stop, icon: 'stop', hindrance: null, perform: () => Promise.resolve(live.stop()) };
      return {
        testId: 'live-start', caption: text.startCamera, icon: 'camera',
        hindrance: work.inputs.list.some(({ preprocessing }) => preprocessing !== null) ? hindrance : text.noPictures,
        perform: () => live.start(work, () => live.camera.open(litescope)),
      };
    case 'speed':
      return { testId: 'measure-all', caption: text.measureAll, icon: 'play', hindrance, perform: () => measureSpeed(shared, work) };
    case 'graph':
      return {
        testId: 'time-ops', caption: work.profile.finished === null ? text.timeOps : text.timeOpsAgain, icon: 'play', hindrance,
        perform: async () => { if (await profileModel(shared, work) === 'done') work.opNumbers.choose('profile'); },
      };
    case 'compare':
      return { testId: 'outputs-start', caption: text.compare, icon: 'play', hindrance, perform: () => comparePair(shared, work) };
  }
}

/** One thing is measured at a time. */
function waiting({ activity }: Shared): string | null {
  return activity.busy && activity.current !== null ? text.goesOn(text.activities[activity.current.kind]) : null;
}
