import { allDialects } from './allDialects';
import { chooseDialect } from './chooseDialect';
import { INVENTORY_LABEL, PRESENT } from './inventoryQuery';
import { SeriesInventory } from './SeriesInventory';

it('passes over series that have no name', () => {
  const inventory = new SeriesInventory([
    { labels: { [INVENTORY_LABEL]: PRESENT, model: 'swift' }, rate: 1 },
  ]);
  expect([...inventory.names()]).toEqual([]);
  expect(
    chooseDialect(allDialects([]), inventory, undefined).dialect,
  ).toBeUndefined();
});
