import { Tone, useTones } from '../../../theme';

const shown = [
  'failing',
  'slow',
  'degraded',
  'healthy',
  'accent',
  'unknown',
] as const;

/** The id of the arrow head in a tone. */
export const arrowId = (tone: Tone) => `ai-mesh-arrow-${tone}`;

/** Arrow heads for the lines, of one size however thick the line. */
export function Arrows() {
  const tones: Record<Tone, { mark: string }> = useTones();
  return (
    <svg width={0} height={0} style={{ position: 'absolute' }} aria-hidden>
      <defs>
        {shown.map(tone => (
          <marker
            key={tone}
            id={arrowId(tone)}
            viewBox="0 0 10 10"
            refX={9}
            refY={5}
            markerWidth={10}
            markerHeight={10}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M 0 0 L 10 5 L 0 10 z" fill={tones[tone].mark} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
