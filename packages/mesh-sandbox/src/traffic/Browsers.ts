import { LoadBehaviour } from '../world';
import { CookieJar } from './CookieJar';
import { Random } from './Random';

/** The people behind a load: each asks again and again, with the cookies of the answers before. */
export class Browsers {
  private readonly jars = new Map<LoadBehaviour, CookieJar[]>();

  /** @param random - of its own, so that who asks changes nothing about what is asked */
  constructor(private readonly random: Random) {}

  /** The cookies of whoever asks next; undefined where no browser does. */
  oneOf(load: LoadBehaviour): CookieJar | undefined {
    if (load.browsers === 0) {
      return undefined;
    }
    let jars = this.jars.get(load);
    if (!jars) {
      jars = Array.from(
        { length: load.browsers },
        (_, i) => new CookieJar({ session: `s${i}`, theme: 'dark' }),
      );
      this.jars.set(load, jars);
    }
    return this.random.pick(jars);
  }
}
