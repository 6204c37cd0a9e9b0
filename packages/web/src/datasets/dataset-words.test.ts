import { expect, it } from 'vitest';
import { changeWords, datasetName, namespaceOf, shiftOf } from './dataset-words.ts';

it('an id is shown by its name, and its namespace apart', () => {
  const id = 'dataset:duckdb://credit.duckdb:raw.bureau_feed';
  expect([datasetName(id), namespaceOf(id)]).toEqual(['raw.bureau_feed', 'duckdb://credit.duckdb']);
  expect(datasetName('dataset:lake:reviews/training')).toBe('reviews/training');
  expect([datasetName('odd'), namespaceOf('odd')]).toEqual(['odd', '']);
});

it('a shift is small, worth a look, or large', () => {
  expect([null, 0.05, 0.1, 0.11, 0.25, 2].map(shiftOf)).toEqual(['none', 'small', 'small', 'some', 'some', 'large']);
});

it('a change has its sign', () => {
  expect([changeWords(1, 1), changeWords(1_000, 2_040), changeWords(5, 3)]).toEqual(['the same', '+1,040', '−2']);
});
