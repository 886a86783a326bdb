import { humanDuration } from './humanDuration';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('humanDuration', () => {
  it.each([
    [-5 * second, '0s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [5 * minute + 30 * second, '5m30s'],
    [10 * minute + 30 * second, '10m'],
    [3 * hour, '3h'],
    [3 * hour + 5 * minute, '3h5m'],
    [9 * hour + 5 * minute, '9h'],
    [2 * day + 4 * hour, '2d4h'],
    [18 * day + 4 * hour, '18d'],
    [730 * day, '2y'],
    [800 * day, '2y70d'],
    [3000 * day, '8y'],
  ])('%d ms is %s', (ms, expected) => {
    expect(humanDuration(ms)).toBe(expected);
  });
});
