// Version 15, which Backstage's own packages take, has no types of its own.
declare module 'git-url-parse' {
  export default function parseGitUrl(url: string): {
    owner: string;
    name: string;
    ref: string;
    filepath: string;
    filepathtype: string;
  };
}
