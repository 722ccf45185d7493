// What the learner sees in the editor, told apart from what the cluster's worker says about it. Each text that is typed
// goes to the worker and comes back a moment later as part of its state; such an echo must never overwrite what has
// been typed since. A text that was not sent from here (reset, "show me", a link of the lesson) is a change to draw.
import type { SourceFile } from '@/lib/workbench/protocol';

/** An echo that is not back after this long will not come (the worker may have skipped it for a newer text). */
const ECHO_EXPIRES_MS = 5_000;
const MAX_AWAITED = 64;

interface Draft {
  /** What the learner sees. */
  text: string;
  /** What the worker said last. */
  base: string;
  /** Texts sent and not yet heard of again, oldest first. */
  awaited: readonly { readonly text: string; readonly at: number }[];
}

/** Monaco keeps one kind of line end a document, so texts are compared without regard to it. */
const sameText = (a: string, b: string): boolean =>
  a === b || (a.includes('\r') || b.includes('\r') ? normal(a) === normal(b) : false);
const normal = (text: string): string => text.replace(/\r\n?/g, '\n');

export class Drafts {
  readonly #drafts = new Map<string, Draft>();

  /** Texts of files that are about to come (a renamed one): shown as soon as they are there. */
  readonly #promised = new Map<string, string>();

  /** `held`: texts that the learner had not applied yet at the last visit. */
  constructor(files: readonly SourceFile[], held: Readonly<Record<string, string>> = {}) {
    for (const { name, text } of files) {
      const mine = Object.hasOwn(held, name) ? held[name] : undefined;
      this.#drafts.set(name, { text: mine ?? text, base: text, awaited: [] });
    }
  }

  /** The text that the learner sees; empty for an unknown file. */
  text(file: string): string {
    return this.#drafts.get(file)?.text ?? '';
  }

  names(): readonly string[] {
    return [...this.#drafts.keys()];
  }

  /** Texts that the worker does not have, by file. */
  unsent(): readonly SourceFile[] {
    return [...this.#drafts].flatMap(([name, { text, base }]) =>
      sameText(text, base) ? [] : [{ name, text }],
    );
  }

  /** Drops texts that were never applied. Returns the names of files whose text must be drawn anew. */
  drop(): readonly string[] {
    const dropped = this.unsent().map(({ name }) => name);
    for (const name of dropped) this.hold(name, this.#drafts.get(name)?.base ?? '');
    return dropped;
  }

  /** The learner changed a file, and the text is kept here until he applies it. */
  hold(file: string, text: string): void {
    const draft = this.#drafts.get(file);
    if (draft) draft.text = text;
  }

  /** A file that is about to come shall show this text. */
  promise(file: string, text: string): void {
    this.#promised.set(file, text);
  }

  /** The learner changed a file; whoever calls this also sends the text to the worker. */
  typed(file: string, text: string, now: number): void {
    const draft = this.#drafts.get(file);
    if (!draft) return;
    draft.text = text;
    draft.awaited = [
      ...draft.awaited.filter((sent) => now - sent.at < ECHO_EXPIRES_MS),
      { text, at: now },
    ].slice(-MAX_AWAITED);
  }

  /** A new state of the worker. Returns the names of files whose text must be drawn anew; files may have come and gone. */
  received(files: readonly SourceFile[], now: number): readonly string[] {
    const present = new Set(files.map((file) => file.name));
    for (const name of this.#drafts.keys()) if (!present.has(name)) this.#drafts.delete(name);
    return files.filter((file) => this.#receive(file, now)).map((file) => file.name);
  }

  /** Whether the text is a change from outside. */
  #receive({ name, text }: SourceFile, now: number): boolean {
    const draft = this.#drafts.get(name);
    if (!draft) {
      const mine = this.#promised.get(name) ?? text;
      this.#promised.delete(name);
      this.#drafts.set(name, { text: mine, base: text, awaited: [] });
      return true;
    }
    if (text === draft.base) return false;
    draft.base = text;
    const awaited = draft.awaited.filter((sent) => now - sent.at < ECHO_EXPIRES_MS);
    const echo = awaited.findIndex((sent) => sameText(sent.text, text));
    if (echo >= 0) {
      draft.awaited = awaited.slice(echo + 1);
      return false;
    }
    // Echoes of texts sent before this change may still arrive; they would then be the worker's newest truth.
    draft.awaited = [];
    if (sameText(text, draft.text)) return false;
    draft.text = text;
    return true;
  }
}
