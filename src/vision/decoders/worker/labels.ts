import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';

/** Lines that stand for what is not one of the things to be found: `???` in TensorFlow's own lists, `background` in others. */
const unnamed = /^(\?+|_*background_*)$/i;

/** Whether a label names the background. */
export function isBackground(label: string | undefined): boolean {
  return label !== undefined && unnamed.test(label.trim());
}

/** Labels of what can be found: lists that begin with a line for the background are read from the second on. */
export function withoutBackground(labels: readonly string[] | undefined): readonly string[] | undefined {
  return isBackground(labels?.[0]) ? labels?.slice(1) : labels;
}

/** The label of a class, or `class 7` where the list has none for it. */
export function labelFor(labels: readonly string[] | undefined, index: number): string {
  const label = labels?.[index]?.trim() ?? '';
  return label === '' || label === '???' ? text.classNumber(index) : label;
}

/** @throws LitescopeError INVALID_LABELS when there are labels, but more or fewer than classes */
export function checkLabels(labels: readonly string[] | undefined, classes: number): void {
  if (labels !== undefined && labels.length !== classes) {
    throw new LitescopeError('INVALID_LABELS', text.labelCount(labels.length, classes));
  }
}
