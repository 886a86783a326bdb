import type { FixRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { NotShown } from '../Tables';
import { RequestLine } from './RequestLine';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** Pull requests beside what they are for; nothing where there are none. */
export function RequestList(props: {
  /** With a part of what it is for, where the rest is told elsewhere. */
  requests: readonly {
    request: FixRequest;
    findings?: FixRequest['findings'];
    objects?: FixRequest['objects'];
  }[];
  /** How many older ones are left out. */
  more?: number;
}) {
  const { requests, more } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const id = useId();
  if (requests.length === 0) {
    return null;
  }
  return (
    <div>
      <Typography id={id} variant="subtitle2" component="h3">
        {t('review.requests.title')}
      </Typography>
      <ul className={classes.list} aria-labelledby={id}>
        {requests.map(one => (
          <RequestLine key={one.request.id} {...one} />
        ))}
      </ul>
      <NotShown more={more} />
    </div>
  );
}
