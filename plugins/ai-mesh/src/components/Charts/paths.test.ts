import { areaPath, linePath, lonePoints } from './paths';

const points = [
  { x: 0, y: 10 },
  { x: 5, y: 4.04 },
  { x: 10, y: null },
  { x: 15, y: 8 },
];

it('draws a line, and none over a gap', () => {
  expect(linePath(points)).toBe('M0,10L5,4M15,8Z');
});

it('draws stairs, of which each point begins one', () => {
  expect(linePath(points, 'stairs')).toBe('M0,10L5,10L5,4M15,8Z');
});

it('fills each part down to the base', () => {
  expect(areaPath(points, 20)).toBe('M0,10L5,4L5,20L0,20ZM15,8L15,20Z');
});

it('knows the values that no line shows', () => {
  expect(lonePoints(points)).toEqual([{ x: 15, y: 8 }]);
});
