import { themes } from '@backstage/theme';
import { createTheme, getContrastRatio, Theme } from '@material-ui/core/styles';
import { colourVisions, differenceSeen } from '../__testUtils__/colourVision';
import { readable } from './readable';
import { tonesOf } from './tones';

const named: Array<[string, Theme]> = [
  ['the light theme', themes.light.getTheme('v4') as Theme],
  ['the dark theme', themes.dark.getTheme('v4') as Theme],
  ['a theme without Backstage’s palette', createTheme()],
];

describe.each(named)('in %s', (_, theme) => {
  const paper = theme.palette.background.paper;

  it.each(Object.entries(tonesOf(theme)))(
    'the tone %s can be read and seen',
    (__, { text, mark }) => {
      expect(getContrastRatio(text, paper)).toBeGreaterThanOrEqual(4.5);
      expect(getContrastRatio(mark, paper)).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(Object.entries(colourVisions))(
    'the tones’ marks can be told apart with %s',
    (__, vision) => {
      // Two are one colour on purpose: an icon and a word tell slow from degraded.
      const { slow, ...tones } = tonesOf(theme);
      expect(slow).toEqual(tones.degraded);
      const marks = Object.values(tones).map(({ mark }) => mark);
      marks.forEach((one, at) =>
        marks
          .slice(at + 1)
          .forEach(other =>
            expect(differenceSeen(vision, one, other)).toBeGreaterThan(10),
          ),
      );
    },
  );
});

describe('readable', () => {
  it.each([
    ['#000000', '#ffffff'],
    ['#ffffff', '#000000'],
  ])('leaves %s on %s as it is', (colour, background) => {
    expect(
      getContrastRatio(readable(colour, background, 4.5), background),
    ).toBeCloseTo(21);
  });

  it('ends at black or white where no shade will do', () => {
    expect(readable('#777777', '#808080', 21)).toBe('#000');
    expect(readable('#777777', '#505050', 21)).toBe('#fff');
  });
});
