import type { ServiceDecision } from '@ai-mesh/plugin-ai-mesh-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import { ToneMark } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import { DecisionView } from './DecisionView';
import { verdictLooks } from './looks';
import { textSaid } from '../../Figures';

const useStyles = makeStyles(theme => ({
  button: {
    font: 'inherit',
    borderRadius: theme.shape.borderRadius,
    '&:hover, &:focus-visible': {
      textDecoration: 'underline dotted',
      textUnderlineOffset: '0.2em',
    },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  paper: {
    padding: theme.spacing(2),
    maxWidth: 'min(480px, calc(100% - 32px))',
    overflowWrap: 'anywhere',
  },
}));

/** The mesh's answer to one kind of call; why is a hover, a focus or a click away. */
export function DecisionButton(props: {
  decision: ServiceDecision;
  /** `ai/gateway: POST /api/chat`. */
  question: string;
  onOpen: (object: OpenedObject) => void;
}) {
  const { decision, question, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<Element | null>(null);
  const verdict = t(`security.verdict.${decision.verdict}`);
  return (
    <>
      <Tooltip title={textSaid(decision, t)}>
        <ButtonBase
          className={classes.button}
          aria-label={`${question}: ${verdict}`}
          aria-haspopup="dialog"
          onClick={event => setAnchor(event.currentTarget)}
        >
          <ToneMark {...verdictLooks[decision.verdict]}>{verdict}</ToneMark>
        </ButtonBase>
      </Tooltip>
      {anchor && (
        <Popover
          open
          anchorEl={anchor}
          onClose={() => setAnchor(null)}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
          PaperProps={{
            className: classes.paper,
            role: 'dialog',
            'aria-label': t('security.matrix.why', { question }),
          }}
        >
          <Typography variant="subtitle2" component="p">
            {question}
          </Typography>
          <DecisionView
            decision={decision}
            onOpen={object => {
              setAnchor(null);
              onOpen(object);
            }}
          />
        </Popover>
      )}
    </>
  );
}
