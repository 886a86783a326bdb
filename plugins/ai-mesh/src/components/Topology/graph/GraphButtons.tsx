import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import Tooltip from '@material-ui/core/Tooltip';
import AddIcon from '@material-ui/icons/Add';
import FitIcon from '@material-ui/icons/FilterCenterFocus';
import RemoveIcon from '@material-ui/icons/Remove';
import { Panel, useReactFlow } from '@xyflow/react';
import { useAiMeshTranslation } from '../../../translation';
import { fitOptions } from './fitOptions';

/** Zoom without a wheel, and back to the whole graph. */
export function GraphButtons() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const { t } = useAiMeshTranslation();
  const buttons = [
    { name: t('topology.graph.zoomIn'), icon: AddIcon, run: () => zoomIn() },
    {
      name: t('topology.graph.zoomOut'),
      icon: RemoveIcon,
      run: () => zoomOut(),
    },
    {
      name: t('topology.graph.fit'),
      icon: FitIcon,
      run: () => fitView(fitOptions),
    },
  ];
  return (
    <Panel position="bottom-left">
      <Paper variant="outlined">
        {buttons.map(({ name, icon: Icon, run }) => (
          <Tooltip key={name} title={name}>
            <IconButton size="small" aria-label={name} onClick={run}>
              <Icon fontSize="small" />
            </IconButton>
          </Tooltip>
        ))}
      </Paper>
    </Panel>
  );
}
