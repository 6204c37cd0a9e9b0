import { describe, expect, it } from 'vitest';
import { step } from './walk.ts';

const stops = [
  { id: 'a', rank: 0, y: 0 },
  { id: 'b', rank: 0, y: 100 },
  { id: 'c', rank: 1, y: 50 },
  { id: 'd', rank: 2, y: 20 },
  { id: 'e', rank: 2, y: 60 },
  { id: 'alone', rank: 1, y: 200 },
];
const trails = [
  { from: 'a', to: 'c' },
  { from: 'b', to: 'c' },
  { from: 'c', to: 'd' },
  { from: 'c', to: 'e' },
];

describe('the arrow keys', () => {
  it('go along an edge to the nearest end', () => {
    expect(step(stops, trails, 'c', 'ArrowRight')).toBe('e');
    expect(step(stops, trails, 'e', 'ArrowLeft')).toBe('c');
  });
  it('go to the first of two ends that are as near', () => {
    expect(step(stops, trails, 'c', 'ArrowLeft')).toBe('a');
  });
  it('go to an asset rather than to a nearer group', () => {
    const folded = [...stops, { id: 'more', rank: 0, y: 51, group: true }];
    const more = [...trails, { from: 'more', to: 'c' }, { from: 'more', to: 'alone' }];
    expect(step(folded, more, 'c', 'ArrowLeft')).toBe('a');
    expect(step(folded, more, 'alone', 'ArrowLeft')).toBe('more');
  });
  it('go back the way they came', () => {
    expect(step(stops, trails, 'c', 'ArrowLeft', 'b')).toBe('b');
    expect(step(stops, trails, 'c', 'ArrowRight', 'b')).toBe('e');
  });
  it('go up and down within a rank', () => {
    expect(step(stops, trails, 'd', 'ArrowDown')).toBe('e');
    expect(step(stops, trails, 'b', 'ArrowUp')).toBe('a');
    expect(step(stops, trails, 'c', 'ArrowDown')).toBe('alone');
  });
  it('stay where there is no edge', () => {
    expect(step(stops, trails, 'alone', 'ArrowRight')).toBeNull();
    expect(step(stops, trails, 'a', 'ArrowUp')).toBeNull();
  });
  it('begin at the first stop when the one they were at is gone', () => {
    expect(step(stops, trails, 'gone', 'ArrowRight')).toBe('a');
  });
});
