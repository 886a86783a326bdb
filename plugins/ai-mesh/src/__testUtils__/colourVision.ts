import { decomposeColor } from '@material-ui/core/styles';

type Triple = [number, number, number];

/** How linear light is seen where one kind of cone is missing: Machado, Oliveira and Fernandes 2009, severity 1. */
export const colourVisions: Record<string, [Triple, Triple, Triple]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/**
 * How far apart two colours look to somebody: CIE 1976 colour difference, of which some 2 are just seen.
 *
 * @param colours - any that Material UI parses
 */
export function differenceSeen(
  vision: [Triple, Triple, Triple],
  ...colours: [string, string]
): number {
  const [one, other] = colours.map(colour => {
    const light = decomposeColor(colour)
      .values.slice(0, 3)
      .map(value => {
        const share = value / 255;
        return share <= 0.04045
          ? share / 12.92
          : ((share + 0.055) / 1.055) ** 2.4;
      });
    return labOf(
      vision.map(row =>
        clamp(row.reduce((sum, part, at) => sum + part * light[at], 0)),
      ),
    );
  });
  return Math.hypot(...one.map((value, at) => value - other[at]));
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** CIELAB of linear sRGB under D65. */
function labOf([red, green, blue]: number[]): Triple {
  const [x, y, z] = [
    (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
    0.2126 * red + 0.7152 * green + 0.0722 * blue,
    (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
  ].map(part => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
