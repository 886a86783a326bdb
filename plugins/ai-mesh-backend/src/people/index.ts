export * from './noticeLanguages';
export * from './PeopleNotifier';
