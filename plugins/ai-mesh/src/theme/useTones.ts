import { type Theme, useTheme } from '@material-ui/core/styles';
import { tonesOf } from './tones';

/** To find readable shades takes long, and each node and line of a graph asks for them. */
const known = new WeakMap<Theme, ReturnType<typeof tonesOf>>();

/** The tones of the present theme. */
export function useTones() {
  const theme = useTheme();
  const tones = known.get(theme) ?? tonesOf(theme);
  known.set(theme, tones);
  return tones;
}
