// Errors as kubectl prints them: k8s.io/kubectl pkg/cmd/util/helpers.go (checkErr, StandardErrorMessage, MultipleErrors).
// They are thrown and caught in one place, kubectl.ts, as CheckErr ends the real program.

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** The Status that a server answers with. */
export interface ApiStatus {
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly causes?: readonly StatusCause[];
  };
}

/** Whatever ends a command. `message` has no "error: " before it. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly status?: ApiStatus,
  ) {
    super(message);
  }

  /** err.Error() as part of a list. */
  get shown(): string {
    return standardMessage(this) ?? this.message;
  }
}

/** Several errors at once. */
export class Failures extends Failure {
  constructor(readonly all: readonly Failure[]) {
    super(all.length === 1 ? (all[0]?.message ?? '') : `[${all.map((e) => e.message).join(', ')}]`);
  }
}

/** Ends the command with just this text on stderr. */
export class Exit extends Error {
  constructor(
    readonly stderr: string,
    readonly code = 1,
  ) {
    super(stderr);
  }
}

export const serverFailure = (status: ApiStatus): Failure => new Failure(status.message ?? '', status);

export const isNotFound = (error: unknown): boolean =>
  error instanceof Failure && error.status?.reason === 'NotFound';
export const isConflict = (error: unknown): boolean =>
  error instanceof Failure && error.status?.reason === 'Conflict';

/** An error with "error when creating "f.yaml": " before its message. */
export function withSource(verb: string, source: string, error: unknown): unknown {
  if (!(error instanceof Failure) || source === '') return error;
  const message = `error when ${verb} "${source}": ${error.message}`;
  return new Failure(message, error.status && { ...error.status, message });
}

/** One error, or all of them. Nothing if there is none. */
export function throwAll(errors: readonly Failure[]): void {
  const flat = errors.flatMap((e) => (e instanceof Failures ? e.all : [e]));
  if (flat.length === 1 && flat[0]) throw flat[0];
  if (flat.length > 1) throw new Failures(flat);
}

/** As an aggregate even if there is one: its text then has no "error: " before it. The same error stands once. */
export function throwTogether(errors: readonly Failure[]): void {
  const flat = errors.flatMap((e) => (e instanceof Failures ? e.all : [e]));
  const distinctOnes = flat.filter((e, i) => flat.findIndex((o) => o.message === e.message) === i);
  if (distinctOnes.length > 0) throw new Failures(distinctOnes);
}

/** Runs for each item; what fails is kept and thrown at the end (ContinueOnErrorVisitor). */
export function forAll<T>(items: readonly T[], work: (item: T) => void): void {
  const errors: Failure[] = [];
  for (const item of items)
    try {
      work(item);
    } catch (error) {
      errors.push(asFailure(error));
    }
  throwAll(errors);
}

/** The error if it is one of these; others are bugs and go on. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}

function standardMessage(error: Failure): string | undefined {
  const { status } = error;
  if (!status) return undefined;
  if (status.reason === 'Unauthorized')
    return `error: You must be logged in to the server (${status.message ?? ''})`;
  return status.reason
    ? `Error from server (${status.reason}): ${error.message}`
    : `Error from server: ${error.message}`;
}

/** The text on stderr for what ended a command. */
export function errorText(error: Failure): string {
  const text = textOf(error);
  return text.endsWith('\n') || text === '' ? text : `${text}\n`;
}

function textOf(error: Failure): string {
  if (error instanceof Failures) return error.all.map((e) => `${e.shown}\n`).join('');
  if (error.status?.reason === 'Invalid') return invalidText(error.status);
  return (
    standardMessage(error) ??
    (error.message.startsWith('error: ') ? error.message : `error: ${error.message}`)
  );
}

function invalidText({ details, message = '' }: ApiStatus): string {
  let text = 'The request is invalid';
  if (!details) return `${text}: ${message}`;
  const { kind = '', name = '', causes = [] } = details;
  if (kind !== '' || name !== '') text = `The ${kind} "${name}" is invalid`;
  else if (message !== '' && causes.length === 0) text = `${text}: ${message}`;
  const lines = distinct(causes.map((c) => `${c.field ?? ''}: ${c.message ?? ''}`));
  if (lines.length === 0) return text;
  if (lines.length === 1) return `${text}: ${lines[0]}\n`;
  return `${text}: \n${lines.map((l) => `* ${l}\n`).join('')}`;
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
