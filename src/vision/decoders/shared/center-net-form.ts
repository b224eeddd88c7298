/** Rows, columns and channels of a map with channels last, [1, h, w, c]; null for any other shape. */
export function centreMapSize([batch, height = 0, width = 0, channels = 0, ...more]: readonly number[]): { readonly height: number; readonly width: number; readonly channels: number } | null {
  return batch === 1 && more.length === 0 && height > 0 && width > 0 && channels > 0 ? { height, width, channels } : null;
}

interface Described {
  readonly name?: string;
  readonly shape: readonly number[];
}

export interface CentreMaps<Output> {
  readonly heat: Output;
  /** Two maps of two channels, sizes and offsets; which is which is known where their names say so. */
  readonly pair: readonly [Output, Output];
  readonly named: boolean;
}

const sizeName = /(^|[^a-z])(wh|hw|size|height_width|width_height|dim)/i;
const offsetName = /(^|[^a-z])(off|offset|reg)/i;

/**
 * A CenterNet's three outputs: maps of one size, of which two have two channels. Where the heat map has two as well, names tell.
 * @returns with sizes before offsets where they are named; null for anything else
 */
export function centreMapsOf<Output extends Described>(outputs: readonly Output[]): CentreMaps<Output> | null {
  const sizes = outputs.map(({ shape }) => centreMapSize(shape));
  const [first] = sizes;
  if (outputs.length !== 3 || !sizes.every((size) => size !== null && size.height === first?.height && size.width === first.width)) return null;
  const named = (name: RegExp): Output | undefined => outputs.find((output, index) => sizes[index]?.channels === 2 && name.test(output.name ?? ''));
  const [size, offset] = [named(sizeName), named(offsetName)];
  const pair = size !== undefined && offset !== undefined && size !== offset ? [size, offset] as const : null;
  const twos = outputs.filter((_, index) => sizes[index]?.channels === 2);
  const [one, two, ...others] = pair ?? twos;
  const heat = outputs.find((output) => output !== one && output !== two);
  return one === undefined || two === undefined || others.length > 0 || heat === undefined ? null : { heat, pair: [one, two], named: pair !== null };
}
