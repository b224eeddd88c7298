import type { OutputDifference } from '../golden/shared/difference';
import type { SavedRun } from '../golden/shared/format';
import type { ProducedConfiguration } from '../engine/configuration/shared/configuration';
import { formatCount, formatPercent, formatReal } from '../messages/format';
import { golden as text } from '../messages/golden';
import { describeConfiguration } from './configuration-text';

/** As much of a replay as its words are made of. */
export interface ToldReplay {
  readonly saved: Pick<SavedRun, 'configuration'>;
  readonly configuration: Pick<ProducedConfiguration, 'runtime' | 'accelerator' | 'threads' | 'variant' | 'version'>;
  readonly sameConfiguration: boolean;
  readonly equal: boolean;
  readonly outputs: readonly OutputDifference[];
}

/** What became of one output. */
export function describeDifference({ name, forms, equal, greatest, relative, mean, differing, elements, first }: OutputDifference): string {
  if (forms !== null) return text.otherForm(name, forms.saved, forms.now);
  if (equal) return text.sameAsSaved(name);
  return text.differs({
    output: name, greatest: formatReal(greatest), share: relative < 1e-4 ? formatReal(relative) : formatPercent(relative), mean: formatReal(mean),
    differing: formatCount(differing), elements: formatCount(elements), first: (first ?? []).join(', '),
  });
}

/** A replay in sentences: what it ran on, and how its outputs compare. */
export function describeReplay({ saved, configuration, sameConfiguration, equal, outputs }: ToldReplay): readonly string[] {
  const build = (each: ToldReplay['configuration'] | SavedRun['configuration']): string => `${describeConfiguration(each)} (${each.variant}, ${each.version})`;
  return [
    text.savedOn(build(saved.configuration)), text.ranOn(build(configuration)),
    ...(equal ? [text.sameOutputs(outputs.length)] : [...outputs.map(describeDifference), text.expected(sameConfiguration)]),
  ];
}
