import { describe, expect, it } from 'vitest';
import { svgPath } from './edge-path.ts';

describe('the line of an edge', () => {
  it('is level to the edge of its rank and curved over the gap', () => {
    const points = [
      { x: 100, y: 10 },
      { x: 120, y: 10 },
      { x: 180, y: 50 },
    ];
    expect(svgPath(points)).toBe('M100 10L120 10C150 10 150 50 180 50');
  });
  it('bends enough to be seen where the gap is small', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
      { x: 20, y: 90 },
    ];
    expect(svgPath(points)).toContain('C18 0 2 90 20 90');
  });
  it('of a loop on one node is nothing', () => {
    expect(svgPath([])).toBe('');
  });
});
