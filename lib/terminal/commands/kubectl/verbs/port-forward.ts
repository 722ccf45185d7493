// kubectl port-forward: k8s.io/kubectl pkg/cmd/portforward/portforward.go and k8s.io/client-go tools/portforward/portforward.go. It
// listens on the control machine as long as it runs, before the prompt or behind it.
import { isObject } from '@/lib/kube/api/json';
import { forwardRefusal } from '../../../pod-words';
import type { Process } from '../../../types';
import type { KubeJson } from '../api/client';
import { Exit, Failure } from '../run/errors';
import type { Session } from '../run/session';
import { forwardedPorts, type ForwardedPort } from './forward-ports';
import { namedObject, podsOf } from './pods';

/** What the kernel gives for port 0: ports of net.ipv4.ip_local_port_range. */
const FIRST_EPHEMERAL = 40_001;
/** Ports below are root's (net.ipv4.ip_unprivileged_port_start). */
const FIRST_UNPRIVILEGED = 1024;

export function* portForward(k: Session): Process {
  const { args } = k;
  if (args.length < 2) throw k.usage('TYPE/NAME and list of ports are required for port-forward');
  const [target = '', ...ports] = args;
  const { mapping, object } = namedObject(k, target);
  const [pod] = podsOf(k, mapping, object);
  if (!pod) throw new Failure('timed out waiting for the condition');
  const phase = isObject(pod['status']) ? pod['status']['phase'] : '';
  if (phase !== 'Running')
    throw new Failure(
      `unable to forward port because pod is not running. Current status=${String(phase as string)}`,
    );
  const forwarded = forwardedPorts(ports, mapping.kind === 'Service' ? object : undefined, pod);
  const broken: ForwardedPort[] = [];
  const closing = listenAll(k, pod, forwarded, (port) => broken.push(port));
  try {
    while (broken.length === 0) yield* k.step({ kind: 'event' });
    for (const port of broken.slice(0, 1)) k.err(unhandled(k, pod, port));
    throw new Exit('error: lost connection to pod\n');
  } finally {
    for (const close of closing) close();
  }
}

/** Listens on what it can; ends if it can on none. Returns how to close. */
function listenAll(
  k: Session,
  pod: KubeJson,
  forwarded: readonly ForwardedPort[],
  onBroken: (port: ForwardedPort) => void,
): readonly (() => void)[] {
  const { forwards } = k.context;
  const closing: (() => void)[] = [];
  for (const { local: asked, remote } of forwarded) {
    const local = asked || freePort(k);
    const failures: string[] = [];
    const addresses: string[] = [];
    for (const { ip, family } of addressesOf(k)) {
      const place = `${family} ${family === 'tcp6' ? `[${ip}]` : ip}:${local}`;
      const fault =
        local < FIRST_UNPRIVILEGED
          ? 'permission denied'
          : forwards.taken(ip, local) && 'address already in use';
      if (fault) failures.push(`unable to create listener: Error listen ${place}: bind: ${fault}`);
      else addresses.push(ip);
    }
    if (addresses.length === 0) {
      k.err(
        `Unable to listen on port ${local}: Listeners failed to create with the following errors: [${failures.join(' ')}]\n`,
      );
      continue;
    }
    for (const ip of addresses)
      k.out(`Forwarding from ${ip.includes(':') ? `[${ip}]` : ip}:${local} -> ${remote}\n`);
    const { name: podName = '', namespace = '' } = pod.metadata;
    closing.push(
      forwards.listen({
        addresses,
        local,
        remote,
        namespace,
        pod: podName,
        accept: (open) => {
          k.out(`Handling connection for ${local}\n`);
          if (!open) onBroken({ local, remote });
        },
      }),
    );
  }
  if (closing.length > 0) return closing;
  const asked = forwarded.map(({ local, remote }) => `{${local} ${remote}}`).join(' ');
  throw new Failure(`unable to listen on any of the requested ports: [${asked}]`);
}

/** localhost is both families'. */
function addressesOf(k: Session): readonly { readonly ip: string; readonly family: 'tcp4' | 'tcp6' }[] {
  return k.flags.list('address').flatMap((address) => {
    if (address === 'localhost')
      return [
        { ip: '127.0.0.1', family: 'tcp4' },
        { ip: '::1', family: 'tcp6' },
      ] as const;
    return [{ ip: address, family: address.includes(':') ? 'tcp6' : 'tcp4' }] as const;
  });
}

function freePort(k: Session): number {
  let port = FIRST_EPHEMERAL;
  while (k.context.forwards.taken('127.0.0.1', port)) port += 2;
  return port;
}

/** Lines of portforward.go at which the error is handed to klog, by kubectl's minor version; measured with the released programs. */
const LINES: readonly (readonly [number, number])[] = [
  [32, 424],
  [30, 413],
  [0, 409],
];

/** What klog prints of a connection that could not be made inside the Pod. */
function unhandled(k: Session, { metadata }: KubeJson, { local, remote }: ForwardedPort): string {
  const uid = metadata.uid ?? '';
  const still = k.context.cluster.api.get('Pod', metadata.namespace ?? '', metadata.name ?? '');
  const text = `an error occurred forwarding ${local} -> ${remote}: ${forwardRefusal(uid, remote, still?.metadata.uid === uid)}`;
  const [, month, day, time] = /-(\d\d)-(\d\d)T([\d:]+)/.exec(new Date(k.now).toISOString()) ?? [];
  const [, line = 0] = LINES.find(([since]) => k.minor >= since) ?? [];
  const said = k.differences.klogUnhandledError ? `"Unhandled Error" err=${JSON.stringify(text)}` : text;
  return `E${month}${day} ${time}.000000       1 portforward.go:${line}] ${said}\n`;
}
