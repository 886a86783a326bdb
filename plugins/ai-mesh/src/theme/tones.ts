import type { BackstagePalette } from '@backstage/theme';
import { alpha, type Theme } from '@material-ui/core/styles';
import { readable } from './readable';

/** What a colour may say; words or an icon always say it too. */
export type Tone =
  'healthy' | 'slow' | 'degraded' | 'failing' | 'unknown' | 'accent';

/** One tone on the theme's paper. */
export interface ToneColours {
  /** Contrast of at least 4.5. */
  text: string;
  /** For lines, bars and icons: a contrast of at least 3. */
  mark: string;
  /** A faint background, on which {@link ToneColours.text} keeps its contrast. */
  wash: string;
}

/** The colours of the tones, taken from the theme's palette. */
export function tonesOf(theme: Theme): Record<Tone, ToneColours> {
  const { status } = theme.palette as Theme['palette'] &
    Partial<BackstagePalette>;
  const paper = theme.palette.background.paper;
  const tone = (colour: string): ToneColours => ({
    // A little over 4.5, so that the wash under the text does not take it below.
    text: readable(colour, paper, 5.5),
    mark: readable(colour, paper, 3),
    wash: alpha(colour, 0.1),
  });
  return {
    healthy: tone(status?.ok ?? theme.palette.success.main),
    slow: tone(status?.warning ?? theme.palette.warning.main),
    degraded: tone(status?.warning ?? theme.palette.warning.main),
    failing: tone(status?.error ?? theme.palette.error.main),
    unknown: tone(status?.aborted ?? theme.palette.text.secondary),
    accent: tone(theme.palette.primary.main),
  };
}
