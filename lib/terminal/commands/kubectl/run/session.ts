// One run of kubectl: its words, flags, output and connection. Output is queued as steps and handed on when the command pauses.
import { differencesOf, minorOf } from './versions';
import { Client } from '../api/client';
import { Mapper } from '../api/mapper';
import type { CommandInfo } from '../cobra/flag-table';
import { fullName } from '../cobra/flag-table';
import type { Flags } from '../cobra/flag-set';
import { kubeconfigOf, type Kubeconfig } from './kubeconfig';
import { Exit, Failure } from './errors';
import type { CommandContext, Process, Step, Steps } from '../../../types';

/** What a command is: it may end at once, or take steps. Without a number the exit code is 0. */
export type Verb = (k: Session) => Process | number | void;

export class Session {
  readonly client: Client;
  readonly mapper: Mapper;
  readonly kubeconfig: Kubeconfig;
  readonly minor: number;
  readonly differences: ReturnType<typeof differencesOf>;
  #queue: Step[] = [];

  constructor(
    readonly context: CommandContext,
    readonly command: CommandInfo,
    readonly flags: Flags,
  ) {
    this.minor = minorOf(context.cluster.k8s);
    this.differences = differencesOf(context.cluster.k8s);
    this.kubeconfig = kubeconfigOf(context, flags);
    this.client = new Client(context.cluster, this.kubeconfig, (text) => this.err(`Warning: ${text}\n`));
    this.mapper = new Mapper(this.client, (text) => this.err(`Warning: ${text}\n`));
  }

  get args(): readonly string[] {
    return this.flags.args;
  }

  /** Virtual time, ms since the Unix epoch. */
  get now(): number {
    return this.context.cluster.now;
  }

  get namespace(): string {
    return this.kubeconfig.namespace;
  }

  out(text: string): void {
    this.#push('stdout', text);
  }

  err(text: string): void {
    this.#push('stderr', text);
  }

  #push(kind: 'stdout' | 'stderr', text: string): void {
    if (text === '') return;
    const last = this.#queue.at(-1);
    if (last?.kind === kind) this.#queue.splice(-1, 1, { kind, text: last.text + text });
    else this.#queue.push({ kind, text });
  }

  /** Hands on what was printed so far. */
  *flush(): Steps<void> {
    const steps = this.#queue;
    this.#queue = [];
    for (const step of steps) yield step;
  }

  /** Hands on the output, then takes a step. */
  *step(step: Step): Steps<string | undefined> {
    yield* this.flush();
    return yield step;
  }

  /** `error: … See 'kubectl get -h' for help and examples` */
  usage(message: string): Exit {
    return new Exit(`error: ${message}\nSee '${fullName(this.command)} -h' for help and examples\n`);
  }

  /** What kubectl has and this terminal has not. */
  lacking(what: string): Exit {
    return new Exit(`error: ${what} is not available in this terminal\n`);
  }

  fail(message: string): Failure {
    return new Failure(message);
  }
}
