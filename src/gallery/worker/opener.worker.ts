import type { Call } from '../../threads/shared/methods';
import { serve } from '../../threads/worker/serve';
import type { BundleMember, OpenedModel, OpenProgress, OpenSource } from '../shared/opened';
import { openFrom } from './open-from';

const methods = {
  /**
   * Downloads or reads a model, hashes and checks it, and summarises it.
   *
   * Errors: INVALID_URL, DOWNLOAD_FAILED, NO_ANSWER, OFFLINE, FILE_UNREADABLE, HASH_MISMATCH, CANCELLED, SEVERAL_MODELS, INVALID_ARGUMENT, and those of damaged models.
   */
  open: (source: OpenSource & BundleMember, { report, signal }: Call<OpenProgress>): Promise<OpenedModel> => openFrom(source, report, signal),
};

export type OpenerMethods = typeof methods;

serve(methods);
