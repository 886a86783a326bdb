import Box from '@material-ui/core/Box';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReactNode } from 'react';

/** A text with more to say on hover and on focus. */
export function Explained(props: { by: string; children: ReactNode }) {
  return (
    <Tooltip title={props.by}>
      <Box component="span" tabIndex={0}>
        {props.children}
      </Box>
    </Tooltip>
  );
}
