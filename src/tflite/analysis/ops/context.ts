import { elementCount } from '../../../tensor/dtype';
import type { ModelSchema, OperatorOptions, OptionsTable, OptionsTable2 } from '../../format/schema/tables';
import type { ValuesOf } from '../../format/schema/fields';

export type Shape = readonly number[];

/** What the arithmetic of an op depends on. Shapes hold no free dimensions. */
export interface OpShapes {
  /** null for an optional input that is left out. */
  readonly inputs: readonly (Shape | null)[];
  readonly outputs: readonly Shape[];
  readonly options: OperatorOptions | null;
}

/** What the shapes of an op's outputs depend on. */
export interface ShapeQuery {
  readonly inputs: readonly (Shape | null)[];
  readonly options: OperatorOptions | null;
  /** A custom op's settings; null where it has none. */
  readonly customOptions: Uint8Array | null;
  /** The integers in a small input, where they are known before the model runs: axes, paddings, sizes. */
  readonly values: (input: number) => readonly number[] | null;
  /** The outputs' shapes as the file states them. */
  readonly stated: readonly Shape[];
}

/** The shapes of all outputs, or null where they cannot be told. */
export type ShapeRule = (query: ShapeQuery) => readonly Shape[] | null;

/** The op's settings if they are the expected ones. */
export function optionsAs<Name extends OptionsTable | OptionsTable2>(options: OperatorOptions | null, table: Name): ValuesOf<ModelSchema[Name]> | null {
  // The name decides the type of the values; TypeScript does not follow that through a type parameter.
  return options?.table === table ? ((options as { readonly values: unknown }).values as ValuesOf<ModelSchema[Name]>) : null;
}

/** Elements of an input; 0 where it is left out. */
export function elementsOf(shape: Shape | null | undefined): number {
  return shape === null || shape === undefined ? 0 : elementCount(shape);
}
