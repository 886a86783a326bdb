/** A System is there, but no component of it in a mesh; Backstage answers with the status code. */
export class NoComponentsError extends Error {
  readonly statusCode = 404;

  constructor(message: string) {
    super(message);
    this.name = 'NoComponentsError';
  }
}
