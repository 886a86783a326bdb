import { darken, getContrastRatio, lighten } from '@material-ui/core/styles';

/**
 * The nearest shade of a colour that can be told from its background.
 *
 * @param colour - any CSS colour that Material UI parses
 * @param background - an opaque one
 * @param ratio - the contrast asked for: 4.5 for text, 3 for marks (WCAG 2.1, 1.4.3 and 1.4.11)
 */
export function readable(
  colour: string,
  background: string,
  ratio: number,
): string {
  const onLight =
    getContrastRatio('#000', background) > getContrastRatio('#fff', background);
  const shift = onLight ? darken : lighten;
  for (let amount = 0; amount < 1; amount += 0.05) {
    const shade = shift(colour, amount);
    if (getContrastRatio(shade, background) >= ratio) {
      return shade;
    }
  }
  return onLight ? '#000' : '#fff';
}
