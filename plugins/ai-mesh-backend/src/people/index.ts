export * from './PeopleNotifier';
