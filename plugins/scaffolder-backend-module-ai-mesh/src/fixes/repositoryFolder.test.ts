import { repositoryFolder } from './repositoryFolder';

it.each([
  [
    'https://github.com/acme/deployments/tree/main/chat/base',
    {
      repoUrl: 'github.com?owner=acme&repo=deployments',
      path: 'chat/base',
      branch: 'main',
    },
  ],
  [
    'https://github.com/acme/deployments.git',
    { repoUrl: 'github.com?owner=acme&repo=deployments' },
  ],
  [
    'http://127.0.0.1:4000/shop/deployments/tree/main/shop',
    {
      repoUrl: '127.0.0.1:4000?owner=shop&repo=deployments',
      path: 'shop',
      branch: 'main',
    },
  ],
  [
    'https://gitlab.com/acme/teams/deployments/-/tree/main/chat',
    {
      repoUrl: 'gitlab.com?owner=acme%2Fteams&repo=deployments',
      path: 'chat',
      branch: 'main',
    },
  ],
])('reads %s', (url, place) => {
  expect(repositoryFolder(url)).toEqual(place);
});

it.each([
  ['deployments', /has to be the URL of a folder/],
  ['git@github.com:acme/deployments.git', /has to be the URL of a folder/],
  ['https://github.com/', /names no repository/],
  [
    'https://github.com/acme/deployments/blob/main/chat/route.yaml',
    /the page of one file/,
  ],
])('refuses %s', (url, why) => {
  expect(() => repositoryFolder(url)).toThrow(why);
});
