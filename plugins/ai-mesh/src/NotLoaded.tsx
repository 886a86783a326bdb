import { languageOf } from '@ai-mesh/plugin-ai-mesh-common/screens';
import {
  appLanguageApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';

/** Here and not with the plugin's other texts, which may be what could not be loaded. */
const english = {
  title: 'AI Mesh could not be loaded',
  body: 'The portal may have been updated since the page was opened, or the connection failed. Reload the page.',
  reload: 'Reload the page',
};

/**
 * Stands for a part of the plugin whose code could not be loaded, as after an update of the portal. It offers to load the
 * page again: what Backstage offers, to try once more, finds the same failure for as long as the page is open.
 */
export function NotLoaded({ error }: { error: Error }) {
  const { language = 'en' } =
    useApiHolder().get(appLanguageApiRef)?.getLanguage() ?? {};
  const { title, body, reload } = languageOf(language)?.notLoaded ?? english;
  return (
    <Paper variant="outlined" role="alert" style={{ padding: 24 }}>
      <Typography variant="h6" component="h2" gutterBottom>
        {title}
      </Typography>
      <Typography gutterBottom>{body}</Typography>
      <Typography variant="body2" color="textSecondary" paragraph>
        {error.message}
      </Typography>
      <Button variant="outlined" onClick={() => window.location.reload()}>
        {reload}
      </Button>
    </Paper>
  );
}
