import { type Palette, darkFamilies, darkRamp, lightFamilies, lightRamp } from '../../graph/drawing/shared/palette';

/** The drawing's colours as the page's theme has them now. */
export function pagePalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const dark = style.colorScheme === 'dark';
  return {
    ground: token('--ground'),
    surface: token('--surface'),
    ink: token('--ink'),
    inkSoft: token('--ink-soft'),
    line: token('--line'),
    lineStrong: token('--line-strong'),
    accent: token('--accent'),
    accentSoft: token('--accent-soft'),
    hit: token('--warning-line'),
    families: dark ? darkFamilies : lightFamilies,
    ramp: dark ? darkRamp : lightRamp,
  };
}
