import { colourWord, parseColour } from '../../frames/shared/draw-layer';

/** From the farthest to the nearest: steps of Matplotlib's map “magma” (CC0), which grows evenly lighter, for colour-blind people too. */
export const depthColours = ['#000004', '#1d1147', '#51127c', '#822681', '#b63679', '#e65164', '#fb8861', '#fec287', '#fcfdbf'] as const;

/** A colour for each nearness, 0 to 255, between the two steps that it lies between. */
export function depthTable(): Uint32Array {
  const steps = depthColours.map(parseColour);
  return Uint32Array.from({ length: 256 }, (_, nearness) => {
    const place = (nearness / 255) * (steps.length - 1);
    const [before, after] = [steps[Math.floor(place)] ?? [0, 0, 0], steps[Math.ceil(place)] ?? [0, 0, 0]];
    const channel = (index: 0 | 1 | 2): number => Math.round(before[index] + (after[index] - before[index]) * (place % 1));
    return colourWord([channel(0), channel(1), channel(2)], 255);
  });
}
