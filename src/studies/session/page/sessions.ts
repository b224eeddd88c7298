import { Sessions } from '../../../engine/session/page/sessions';
import type { Session } from '../../../engine/session/page/session';
import type { StudyMethods } from '../../worker/study-methods';
import { loadWorker } from '../../../threads/page/load-worker';

/** A session that studies can be made with; it runs models as any other. */
export type StudySession = Session<StudyMethods>;

/** The page's sessions: one worker with everything that any of them is asked for, so that browsers fetch it once. */
export const sessions = new Sessions<StudyMethods>(() => loadWorker((Worker) => new Worker(new URL('../../worker/session.worker.ts', import.meta.url), { type: 'module', name: 'litescope-session' })));
