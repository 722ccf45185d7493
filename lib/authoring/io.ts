// What the authors' commands may do to the world around them: write lines, and know where the project is.

export interface AuthorIo {
  /** The project's root folder. */
  readonly root: string;
  out(text: string): void;
  err(text: string): void;
}

/** Words on the command line that cannot be meant; told in one sentence. */
export class UsageError extends Error {}
