import { classCounts } from '../setup/labels';
import type { Setup } from '../setup/setup';
import { namesByLabels, type Row } from './table';

/** How many classes a lone output of the signature that runs tells apart; 0 where it is none of classes, or one of several. */
export function classesOf({ model, signature }: Pick<Setup, 'model' | 'signature'>): number {
  const { signatures } = model.summary;
  const outputs = (signatures.find(({ key }) => key === signature.options.signature) ?? signatures[0])?.outputs ?? [];
  return outputs.length === 1 ? classCounts('classification', outputs)?.[0] ?? 0 : 0;
}

/** Names that labels lend to the classes of a model that names none; null where it does, or they do not fit. */
export function lentNames(setup: Setup, rows: readonly Pick<Row, 'label'>[]): readonly string[] | null {
  const classes = classesOf(setup);
  return setup.decoding.labels === undefined && classes > 1 ? namesByLabels(rows, classes) : null;
}
