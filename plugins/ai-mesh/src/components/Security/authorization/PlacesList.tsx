import type { Sentences, SettingSource } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import type { OpenedObject } from '../../Objects';
import { SettingLink } from '../SettingLink';
import { useSecurityStyles } from '../useSecurityStyles';
import { Said } from '../../Marks';

/** Places in policies, each with what is to be said of it. */
export function PlacesList(props: {
  places: Array<SettingSource & Sentences>;
  /** What to say where there are none. */
  none?: string;
  onOpen: (object: OpenedObject) => void;
}) {
  const { places, none, onOpen } = props;
  const classes = useSecurityStyles();
  if (places.length === 0) {
    return <Typography variant="body2">{none}</Typography>;
  }
  return (
    <ul className={classes.list}>
      {places.map(place => (
        <Typography
          component="li"
          variant="body2"
          key={`${place.object.namespace} ${place.object.name} ${place.path} ${place.message}`}
        >
          <SettingLink setting={place} onOpen={onOpen} /> <Said of={place} />
        </Typography>
      ))}
    </ul>
  );
}
