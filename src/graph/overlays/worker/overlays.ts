import { LitescopeError } from '../../../errors';
import { graph as words } from '../../../messages/graph';
import { attachmentOf, isAttachment, readAttachment } from './overlay-netron';
import { nodeDataOf, readNodeData } from './overlay-model-explorer';
import type { OpNumbers } from '../../model/shared/op-numbers';
import type { Overlay, OverlayFormat } from '../shared/overlay';
import type { GraphModel } from '../../model/shared/types';

/** Files larger than this hold no numbers for ops. */
export const largestOverlayBytes = 32 * 1024 * 1024;

/**
 * Reads node data of Model Explorer or an attachment of Netron, and checks it against the model.
 *
 * @throws LitescopeError INVALID_OVERLAY for a file of another form, OVERLAY_MISMATCH for one that belongs to another model
 */
export function readOverlay(text: string, fileName: string, model: GraphModel): Overlay {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LitescopeError('INVALID_OVERLAY', words.noJson(fileName, error instanceof Error ? error.message : String(error)));
  }
  const name = fileName.replace(/\.json$/i, '');
  return isAttachment(json) ? readAttachment(json, name, model) : readNodeData(json, name, model);
}

/** A file that Model Explorer or Netron opens beside the same model, and that `readOverlay` reads back. */
export function writeOverlay(format: OverlayFormat, numbers: OpNumbers, model: GraphModel): string {
  return `${JSON.stringify(format === 'netron' ? attachmentOf(numbers, model) : nodeDataOf(numbers, model), null, 2)}\n`;
}
