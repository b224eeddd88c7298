/** Reports of every kind that the schema allows, made from the schema itself, so that nobody has to extend this with it. */
import fc from 'fast-check';
import type * as v from 'valibot';
import { reportSchema, type Report } from '../report';

/** What is read of a valibot schema here. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly items?: readonly Schema[];
  readonly wrapped?: Schema;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly getter?: (input: unknown) => Schema;
  readonly pipe?: readonly (Pick<Schema, 'type' | 'pipe'> & { readonly requirement?: unknown })[];
}

export interface ReportSize {
  /** Items of a list at most. */
  readonly items: number;
  /** Characters of a text at most. */
  readonly text: number;
}

/** @returns reports that `parseReport` takes, as they are after a way through JSON */
export function arbitraryReport(size: ReportSize): fc.Arbitrary<Report> {
  const schema: v.GenericSchema = reportSchema;
  return (arbitrary(schema as unknown as Schema, size, 0) as fc.Arbitrary<Report>).map((report) => JSON.parse(JSON.stringify(report)) as Report);
}

type Action = NonNullable<Schema['pipe']>[number];

/** What a schema asks for, and the schemas that it was made from; the last is the strictest. */
function actionsOf(schema: Pick<Schema, 'pipe'>): readonly Action[] {
  return (schema.pipe ?? []).flatMap((action) => (action === schema ? [] : [action, ...(action.pipe === undefined ? [] : actionsOf(action))]));
}

function requirement(schema: Schema, action: string): unknown {
  return actionsOf(schema).findLast(({ type }) => type === action)?.requirement;
}

function arbitrary(schema: Schema, size: ReportSize, depth: number): fc.Arbitrary<unknown> {
  const inside = (inner: Schema) => arbitrary(inner, size, depth + 1);
  switch (schema.type) {
    case 'strict_object':
    case 'object': {
      const entries = Object.entries(schema.entries ?? {});
      const optional = entries.filter(([, entry]) => entry.type === 'exact_optional');
      // An error holds the attempts before it, which hold those before them: somewhere that has to end.
      const shown = entries.filter(([, entry]) => depth < 12 || entry.type !== 'exact_optional');
      const required = shown.map(([key]) => key).filter((key) => !optional.some(([name]) => name === key));
      return fc.record(Object.fromEntries(shown.map(([key, entry]) => [key, inside(entry)])), { requiredKeys: required });
    }
    case 'array': return fc.array(inside(schema.item as Schema), { maxLength: Math.min(size.items, Number(requirement(schema, 'max_length') ?? Infinity)), minLength: Number(requirement(schema, 'min_length') ?? 0) });
    case 'strict_tuple': {
      const tuple = fc.tuple(...(schema.items ?? []).map(inside));
      return schema.pipe === undefined ? tuple : tuple.map((values) => [...values].sort((a, b) => Number(a) - Number(b)));
    }
    case 'exact_optional': return inside(schema.wrapped as Schema);
    case 'nullable': return fc.option(inside(schema.wrapped as Schema));
    case 'variant':
    case 'union': return fc.oneof(...(schema.options as readonly Schema[]).map(inside));
    case 'picklist': return fc.constantFrom(...(schema.options ?? []));
    case 'literal': return fc.constant(schema.literal);
    case 'lazy': return inside((schema.getter as NonNullable<Schema['getter']>)(undefined));
    case 'boolean': return fc.boolean();
    case 'number': return number(schema);
    case 'string': return text(schema, size);
    default: throw new Error(`No values are known for a schema of type ${schema.type}.`);
  }
}

function number(schema: Schema): fc.Arbitrary<number> {
  const min = requirement(schema, 'min_value') as number | undefined;
  const max = requirement(schema, 'max_value') as number | undefined;
  const whole = actionsOf(schema).some(({ type }) => type === 'safe_integer' || type === 'integer');
  if (whole) return fc.maxSafeInteger().map((value) => Math.min(max ?? Infinity, Math.max(min ?? -Infinity, min === undefined ? value : Math.abs(value))));
  const [above, below] = [requirement(schema, 'gt_value'), requirement(schema, 'lt_value')] as (number | undefined)[];
  if (above !== undefined || below !== undefined) return fc.double({ noNaN: true, noDefaultInfinity: true, minExcluded: above !== undefined, maxExcluded: below !== undefined, ...(above === undefined ? {} : { min: above }), ...(below === undefined ? {} : { max: below }) });
  return fc.double({ noNaN: true, noDefaultInfinity: true, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) });
}

function text(schema: Schema, size: ReportSize): fc.Arbitrary<string> {
  const pattern = requirement(schema, 'regex');
  if (schema.pipe?.some(({ type }) => type === 'url') === true) return fc.webUrl({ validSchemes: ['http', 'https'] }).filter((url) => !(pattern instanceof RegExp) || pattern.test(url));
  if (pattern instanceof RegExp) return fc.stringMatching(pattern);
  if (schema.pipe?.some(({ type }) => type === 'iso_timestamp') === true) return fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
  return fc.string({ unit: 'binary', maxLength: Math.min(size.text, Number(requirement(schema, 'max_length') ?? Infinity)) });
}
