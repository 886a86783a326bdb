import { useTheme } from '@material-ui/core/styles';
import type { TooltipProps } from 'recharts';

/** The portal's colours for a chart's tooltip, which is white else in the dark too. */
export function useTooltipStyle(): Pick<
  TooltipProps,
  'contentStyle' | 'itemStyle'
> {
  const { palette, typography } = useTheme();
  return {
    contentStyle: {
      fontSize: typography.caption.fontSize,
      backgroundColor: palette.background.paper,
      borderColor: palette.divider,
      color: palette.text.primary,
    },
    itemStyle: { color: palette.text.primary },
  };
}
