import { diffYaml } from './diffYaml';

const text = (lines: string[]) => `${lines.join('\n')}\n`;
const many = Array.from({ length: 12 }, (_, index) => `line ${index}`);

const shown = (before: string | undefined, after: string) =>
  diffYaml(before, after).map(line =>
    line
      ? `${{ added: '+', removed: '-', same: ' ' }[line.kind]}${line.text}`
      : '...',
  );

describe('diffYaml', () => {
  it('shows what changes, with four lines around it', () => {
    const after = [...many];
    after[6] = 'changed';
    expect(shown(text(many), text(after))).toEqual([
      '...',
      ' line 2',
      ' line 3',
      ' line 4',
      ' line 5',
      '-line 6',
      '+changed',
      ' line 7',
      ' line 8',
      ' line 9',
      ' line 10',
      '...',
    ]);
  });

  it('shows a new object whole', () => {
    expect(shown(undefined, text(['a: 1', 'b: 2']))).toEqual([
      '+a: 1',
      '+b: 2',
    ]);
  });

  it('shows nothing where nothing changes', () => {
    expect(shown('a: 1\n', 'a: 1\n')).toEqual(['...']);
  });
});
