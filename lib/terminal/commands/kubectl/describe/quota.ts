// describe resourcequota: k8s.io/kubectl pkg/describe/describe.go ResourceQuotaDescriber.
import { byBytes } from '../print/json';
import { DescribeWriter } from './writer';
import type { Describer } from './workloads';

interface Quota {
  readonly spec?: { readonly scopes?: readonly string[] };
  readonly status?: {
    readonly hard?: Readonly<Record<string, string>>;
    readonly used?: Readonly<Record<string, string>>;
  };
}

/** What the tool says of a scope. */
const SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

/** The table shows what the quota controller counted: nothing, until it did. */
export const describeQuota: Describer = (_, object) => {
  const w = new DescribeWriter();
  const { spec, status } = object as unknown as Quota;
  w.pair(0, 'Name', object.metadata.name ?? '');
  w.pair(0, 'Namespace', object.metadata.namespace ?? '');
  const scopes = [...(spec?.scopes ?? [])].sort(byBytes);
  if (scopes.length > 0) {
    w.pair(0, 'Scopes', scopes.join(', '));
    for (const scope of scopes) if (SCOPES[scope] !== undefined) w.line(0, ` * ${SCOPES[scope]}`);
  }
  w.line(0, 'Resource\tUsed\tHard');
  w.line(0, '--------\t----\t----');
  for (const resource of Object.keys(status?.hard ?? {}).sort(byBytes))
    w.line(0, `${resource}\t${status?.used?.[resource] ?? '0'}\t${status?.hard?.[resource] ?? ''}`);
  return w.text;
};
