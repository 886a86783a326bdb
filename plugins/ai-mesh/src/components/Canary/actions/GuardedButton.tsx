import Button, { type ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import { type ReactNode, useId } from 'react';
import { Unseen } from '../../Marks';

const useStyles = makeStyles(theme => ({
  disabled: {
    color: theme.palette.text.disabled,
    borderColor: theme.palette.action.disabledBackground,
    backgroundColor: 'transparent',
    boxShadow: 'none',
    cursor: 'not-allowed',
    '&:hover': { backgroundColor: 'transparent', boxShadow: 'none' },
  },
}));

/** A button that, where it may not be used, stays in reach of the keyboard and says why. */
export function GuardedButton(
  props: Pick<
    ButtonProps,
    'startIcon' | 'variant' | 'color' | 'size' | 'type' | 'style'
  > & {
    /** Why it may not be used; absent: it may. */
    why?: string;
    onClick?: () => void;
    children: ReactNode;
  },
) {
  const { why, style, onClick, children, ...rest } = props;
  const classes = useStyles();
  const id = useId();
  const guarded = why !== undefined;
  // One shape for both, so that the focus stays where it is when a right becomes known.
  return (
    <Tooltip title={why ?? ''}>
      <span>
        <Button
          {...rest}
          {...(guarded
            ? {
                type: 'button' as const,
                color: 'default' as const,
                className: classes.disabled,
                'aria-disabled': true,
                'aria-describedby': id,
              }
            : { style, onClick })}
        >
          {children}
        </Button>
        {guarded && (
          <span id={id}>
            <Unseen>{why}</Unseen>
          </span>
        )}
      </span>
    </Tooltip>
  );
}
