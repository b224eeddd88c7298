/** The same messages in another language: the same names and parameters. */
export type Translation<English> = {
  readonly [Name in keyof English]:
  English[Name] extends string ? string
    : English[Name] extends (...parameters: infer Parameters) => infer Text ? (...parameters: Parameters) => Translated<Text>
      : Translation<English[Name]>;
};

type Translated<Text> = Text extends string ? string : Text;
