import type { Family } from '../../model/shared/families';

/** Two shades of one hue: the ground of a node, and its mark, which stands for the whole node when it is small. */
export interface FamilyColours {
  readonly soft: string;
  readonly strong: string;
}

/** Colours of a drawing; those of the page's theme come from the page. */
export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly hit: string;
  readonly families: Readonly<Record<Family, FamilyColours>>;
  /** From the least values to the greatest, for colouring by a number: darker to lighter or the other way, so that nobody has to tell hues apart. */
  readonly ramp: readonly string[];
}

export const lightFamilies: Palette['families'] = {
  convolution: { soft: '#e4edf9', strong: '#3d72b8' },
  dense: { soft: '#ece7f8', strong: '#7759ba' },
  pooling: { soft: '#e2f2e6', strong: '#348555' },
  elementwise: { soft: '#f8f0d9', strong: '#b28515' },
  movement: { soft: '#eaedef', strong: '#74838d' },
  quantization: { soft: '#f9e7ee', strong: '#b84c76' },
  control: { soft: '#f9e9dd', strong: '#bb672c' },
  custom: { soft: '#fbe5e2', strong: '#b43c32' },
};

export const darkFamilies: Palette['families'] = {
  convolution: { soft: '#1b2a40', strong: '#6ea3e8' },
  dense: { soft: '#292341', strong: '#a78be8' },
  pooling: { soft: '#19301f', strong: '#66bd80' },
  elementwise: { soft: '#322a15', strong: '#d6ac4b' },
  movement: { soft: '#232a2e', strong: '#8b9ca6' },
  quantization: { soft: '#3a1f2b', strong: '#e083a7' },
  control: { soft: '#38261a', strong: '#e29a63' },
  custom: { soft: '#3d1f1c', strong: '#f08b80' },
};

export const lightRamp: readonly string[] = ['#e3efc2', '#b3dbb0', '#7bbfb2', '#469fae', '#2b7ea4', '#255a8f', '#1d366b'];
export const darkRamp: readonly string[] = ['#1f3550', '#1c4f70', '#1b6d83', '#2f8f8a', '#62b07e', '#a8cf78', '#f4e983'];
