import type { SettingSource } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { ObjectButton, type OpenedObject } from '../Objects';

/** Where a setting is written: opens the object with the place marked. */
export function SettingLink(props: {
  setting: SettingSource;
  onOpen: (object: OpenedObject) => void;
}) {
  const { object, path } = props.setting;
  return (
    <span>
      <ObjectButton
        object={object}
        onOpen={() => props.onOpen({ ref: object, path })}
      />{' '}
      <Typography variant="caption" color="textSecondary" component="span">
        {path}
      </Typography>
    </span>
  );
}

/** Several of them, one below the other. */
export function SettingLinks(props: {
  settings: readonly SettingSource[];
  onOpen: (object: OpenedObject) => void;
}) {
  return (
    <>
      {props.settings.map(setting => (
        <div
          key={`${setting.object.kind} ${setting.object.namespace} ${setting.object.name} ${setting.path}`}
        >
          <SettingLink setting={setting} onOpen={props.onOpen} />
        </div>
      ))}
    </>
  );
}
