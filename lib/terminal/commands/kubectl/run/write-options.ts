// Flags that commands which write have in common: --dry-run, --validate, --cascade, --field-manager.
import type { K8sVersion } from '@/lib/kube/versions';
import { Exit, Failure } from './errors';
import type { Session } from './session';

export type DryRun = 'none' | 'client' | 'server';

/** cmdutil.GetDryRunStrategy. */
export function dryRunOf(k: Session): DryRun {
  const value = k.flags.text('dry-run');
  switch (value) {
    case 'none':
      return 'none';
    case 'client':
    case 'server':
      return value;
    case 'unchanged':
    case '':
      deprecated(k, 0, '--dry-run is deprecated and can be replaced with --dry-run=client.');
      return 'client';
    default:
      if (/^(1|t|T|true|TRUE|True)$/.test(value)) {
        deprecated(
          k,
          14,
          `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=client.`,
        );
        return 'client';
      }
      if (/^(0|f|F|false|FALSE|False)$/.test(value)) {
        deprecated(
          k,
          18,
          `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=none.`,
        );
        return 'none';
      }
      throw new Failure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  }
}

/** Line of cmd/util/helpers.go that warns; klog shows it. */
const WARNING_LINE: Readonly<Partial<Record<K8sVersion, number>>> = {
  '1.28': 692,
  '1.29': 704,
  '1.32': 702,
};
const told = new WeakSet<Session>();

/** A warning of klog, once a run. */
function deprecated(k: Session, offset: number, text: string): void {
  if (told.has(k)) return;
  told.add(k);
  const line = (WARNING_LINE[k.context.cluster.k8s] ?? 703) + offset;
  const [, month, day, time] = /-(\d\d)-(\d\d)T([\d:]+)/.exec(new Date(k.now).toISOString()) ?? [];
  k.err(`W${month}${day} ${time}.000000       1 helpers.go:${line}] ${text}\n`);
}

/** `created (dry run)` */
export const withDryRun = (operation: string, dryRun: DryRun): string =>
  dryRun === 'none' ? operation : `${operation} (${dryRun === 'client' ? 'dry run' : 'server dry run'})`;

/** `All` for the server, undefined otherwise. */
export const dryRunParameter = (dryRun: DryRun): string | undefined =>
  dryRun === 'server' ? 'All' : undefined;

export type Validation = 'Strict' | 'Warn' | 'Ignore';

/** cmdutil.GetValidationDirective. */
export function validationOf(k: Session): Validation {
  const value = k.flags.text('validate');
  if (value === 'strict' || /^(1|t|T|true|TRUE|True)$/.test(value)) return 'Strict';
  if (value === 'warn') return 'Warn';
  if (value === 'ignore' || /^(0|f|F|false|FALSE|False)$/.test(value)) return 'Ignore';
  throw new Failure(
    `invalid - validate option ${JSON.stringify(value)}; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

export type Cascade = 'Background' | 'Foreground' | 'Orphan';

/** cmdutil.GetCascadingStrategy. */
export function cascadeOf(k: Session): Cascade {
  const value = k.flags.text('cascade');
  switch (value) {
    case 'background':
      return 'Background';
    case 'foreground':
      return 'Foreground';
    case 'orphan':
      return 'Orphan';
    default:
      if (/^(1|t|T|true|TRUE|True)$/.test(value)) return 'Background';
      if (/^(0|f|F|false|FALSE|False)$/.test(value)) return 'Orphan';
      throw new Failure(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
  }
}

/** Flags that this terminal has not. */
export function refuseKustomize(k: Session): void {
  if (k.flags.text('kustomize') !== '') throw k.lacking('--kustomize');
}

/** `must specify one of -f and -k` */
export const fileNeeded = (): Exit => new Exit('error: must specify one of -f and -k\n');
