import type { PlaintextReason } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import type { OpenedObject } from '../../Objects';
import { SettingLinks } from '../SettingLink';
import { Said } from '../../Marks';

/** Why a caller is in plaintext, in a word and a sentence, with the settings that make it so. */
export function PlaintextWhy(props: {
  reason: PlaintextReason;
  onOpen: (object: OpenedObject) => void;
}) {
  const { kind, at } = props.reason;
  const { t } = useAiMeshTranslation();
  return (
    <>
      <div>{t(`security.plaintext.${kind}`)}</div>
      <Typography variant="caption" color="textSecondary" component="div">
        <Said of={props.reason} />
      </Typography>
      <SettingLinks settings={at} onOpen={props.onOpen} />
    </>
  );
}
