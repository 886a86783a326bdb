import { useTheme } from '@material-ui/core/styles';
import { useMemo } from 'react';
import { tonesOf } from './tones';

/** The tones of the present theme. */
export function useTones() {
  const theme = useTheme();
  return useMemo(() => tonesOf(theme), [theme]);
}
