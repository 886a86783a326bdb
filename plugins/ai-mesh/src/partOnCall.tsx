import { NotLoaded } from './NotLoaded';
import { screens } from './onCall';

type Screens = Awaited<ReturnType<typeof screens>>;
/** As Backstage's extensions take them. */
type Part<Props> = (props: Props) => JSX.Element | null;

/** A part of what the plugin shows, loaded; where that fails, what says so in its place. */
export async function partOnCall<Props>(
  choose: (hub: Screens) => Promise<Part<Props>>,
  load: () => Promise<Screens> = screens,
): Promise<Part<Props>> {
  try {
    return await choose(await load());
  } catch (error) {
    return () => <NotLoaded error={error as Error} />;
  }
}
