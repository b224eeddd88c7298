/** Share of the colour circle from one class to the next: the golden angle never comes back to a hue. */
const goldenTurn = 0.3819660112501051;
/** Lightness goes round in another rhythm, so that classes with near hues differ in it. */
const lightnesses = [0.55, 0.7, 0.42];
const saturation = 0.75;

/** A colour for a class, the same in every frame: red, green and blue, 0 to 255. */
export function classColour(index: number): readonly [red: number, green: number, blue: number] {
  const hue = (index * goldenTurn) % 1;
  const lightness = lightnesses[index % lightnesses.length] ?? 0.55;
  const spread = saturation * Math.min(lightness, 1 - lightness);
  // HSL to RGB as CSS Color 4 defines it.
  const channel = (offset: number): number => {
    const place = (offset + hue * 12) % 12;
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
