import { targetOf } from '../../target/__testUtils__/targetOf';
import type { SubjectFilter, SubjectMark } from '../store/CanaryStore';
import type { CanaryServiceTools } from './CanaryServiceTools';
import { EntityCanaries } from './EntityCanaries';

const entityRef = targetOf().entityRef;
const service = { cluster: 'shop', namespace: 'ai', name: 'chat' };
const subject: SubjectMark = { entityRef, service, mark: '1 1' };

function serviceOver(marks: readonly SubjectMark[], owners = [entityRef]) {
  const asked: SubjectFilter[] = [];
  const ownershipsOf = jest.fn(async (services: readonly unknown[]) =>
    services.map(() => ({ owners, rule: 'annotation' })),
  );
  // Nothing but its marks is to be asked of the store.
  const store = {
    marks: async (filter: SubjectFilter) => {
      asked.push(filter);
      return marks;
    },
  };
  const canaries = new EntityCanaries({
    store,
    ownershipsOf,
  } as unknown as CanaryServiceTools);
  return { asked, ownershipsOf, mark: () => canaries.glanceMark(targetOf()) };
}

describe('the mark of a glance', () => {
  it('is one question of the database where an entity has no canaries', async () => {
    const { asked, ownershipsOf, mark } = serviceOver([]);
    expect(await mark()).toBe(await mark());
    expect(asked).toHaveLength(2);
    expect(asked[0].of?.entityRefs).toEqual([entityRef]);
    expect(ownershipsOf).not.toHaveBeenCalled();
  });

  it.each([
    ['a canary was saved', serviceOver([{ ...subject, mark: '2 1' }])],
    ['the last one has gone', serviceOver([])],
    ['the Service is another’s now', serviceOver([subject], ['component:x/y'])],
  ])('is another one where %s', async (_, changed) => {
    const before = serviceOver([subject]);
    expect(await before.mark()).toBe(await serviceOver([subject]).mark());
    expect(await changed.mark()).not.toBe(await before.mark());
  });
});
