import { Faults } from '../faults/Faults';
import { ObjectStore } from '../store/ObjectStore';
import { Access } from './access/Access';
import { ListPages } from './read/ListPages';
import { ObjectJson } from './read/ObjectJson';
import { SchemaValidator } from './validation/SchemaValidator';
import { WatchHub } from './watch/WatchHub';

/** What the handlers of the Kubernetes API share. */
export interface ApiContext {
  store: ObjectStore;
  access: Access;
  faults: Faults;
  validator: SchemaValidator;
  clock: () => Date;
  json: ObjectJson;
  pages: ListPages;
  watches: WatchHub;
}
