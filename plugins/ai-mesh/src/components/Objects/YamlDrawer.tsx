import type { ObjectRef, ServiceRoutes } from '@ai-mesh/plugin-ai-mesh-common';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import { useId } from 'react';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { Code, CopyButton } from '../Figures';
import { sameObject } from './sameObject';
import { yamlLines } from './yamlLines';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(720px, 90vw)',
    padding: theme.spacing(2),
    gap: theme.spacing(1),
  },
  heading: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
  },
  yaml: { padding: theme.spacing(1, 0), flex: 1 },
  line: {
    display: 'block',
    minHeight: '1.4em',
    padding: theme.spacing(0, 1.5),
    borderLeft: '4px solid transparent',
  },
}));

/** What is asked to be seen of an object. */
export interface OpenedObject {
  ref: ObjectRef;
  /** The part to point out: `spec.http[2]`. */
  path?: string;
}

/** An object's YAML as the cluster has it, to read and to copy. */
export function YamlDrawer(props: {
  opened: OpenedObject;
  objects: ServiceRoutes['objects'];
  onClose: () => void;
}) {
  const { opened, objects, onClose } = props;
  const { ref, path } = opened;
  const { t } = useAiMeshTranslation();
  const { accent } = useTones();
  const classes = useStyles();
  const id = useId();
  const manifest = objects.find(object =>
    sameObject(object.ref, ref),
  )?.manifest;
  const lines = manifest ? yamlLines(manifest, path) : [];
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': id,
      }}
    >
      <div className={classes.heading}>
        <div>
          <Typography id={id} variant="h6" component="h2">
            {t('traffic.yaml.title', { kind: ref.kind, name: ref.name })}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('traffic.yaml.place', {
              namespace: ref.namespace ?? '–',
              cluster: ref.cluster,
            })}
            {path && ` · ${path}`}
          </Typography>
        </div>
        <IconButton aria-label={t('traffic.yaml.close')} onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      {manifest ? (
        <>
          <div>
            <CopyButton
              text={lines.map(({ text }) => text).join('\n')}
              label={t('traffic.yaml.copy')}
            />
          </div>
          <Code
            className={classes.yaml}
            label={t('traffic.yaml.name', {
              kind: ref.kind,
              name: ref.name,
            })}
          >
            {lines.map(({ text, marked }, index) => (
              <code
                key={index}
                className={classes.line}
                style={
                  marked
                    ? {
                        borderLeftColor: accent.mark,
                        backgroundColor: accent.wash,
                      }
                    : undefined
                }
                ref={
                  marked && !lines[index - 1]?.marked
                    ? bringIntoView
                    : undefined
                }
              >
                {text}
              </code>
            ))}
          </Code>
        </>
      ) : (
        <Typography>{t('traffic.yaml.missing')}</Typography>
      )}
    </Drawer>
  );
}

function bringIntoView(line: HTMLElement | null) {
  line?.scrollIntoView({ block: 'center' });
}
