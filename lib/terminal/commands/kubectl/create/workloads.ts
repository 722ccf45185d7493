// kubectl create deployment, job, cronjob: k8s.io/kubectl pkg/cmd/create.
import type { KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { Failure } from '../run/errors';
import { commandOf, metaOf, type Generator } from './generator';

/** The container's name that an image gives: `my_app:1` → `my-app`. */
function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? '';
  const bare = (last.split('@')[0] ?? '').split(':')[0] ?? '';
  return bare.toLowerCase().replaceAll('_', '-');
}

export const deploymentGenerator: Generator = {
  failure: 'failed to create deployment',
  make: (k, name) => {
    const { flags } = k;
    const images = flags.list('image');
    const command = commandOf(k);
    if (images.length > 1 && command.length > 0)
      throw new Failure('cannot specify multiple --image options and command');
    const labels = { app: name };
    const port = flags.int('port');
    const containers = images.map((image, i) => ({
      name: containerName(image),
      image,
      ...(command.length > 0 ? { command } : {}),
      ...(port >= 0 && i === 0 ? { ports: [{ containerPort: port }] } : {}),
      resources: {},
    }));
    return {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: metaOf(k, name, { labels }),
      spec: {
        replicas: flags.int('replicas'),
        selector: { matchLabels: labels },
        template: { metadata: { creationTimestamp: null, labels }, spec: { containers } },
        strategy: {},
      },
      status: {},
    };
  },
};

const jobSpec = (name: string, image: string, command: readonly string[], restartPolicy: string): object => ({
  template: {
    metadata: { creationTimestamp: null },
    spec: {
      containers: [{ name, image, ...(command.length > 0 ? { command } : {}), resources: {} }],
      restartPolicy,
    },
  },
});

export const jobGenerator: Generator = {
  failure: 'failed to create job',
  make: (k, name) => {
    const { flags } = k;
    const [image, from] = [flags.text('image'), flags.text('from')];
    if ((image === '') === (from === '')) throw new Failure('either --image or --from must be specified');
    if (image !== '')
      return {
        kind: 'Job',
        apiVersion: 'batch/v1',
        metadata: metaOf(k, name),
        spec: jobSpec(name, image, commandOf(k), 'Never'),
        status: {},
      };
    return jobFromCronJob(k, name, from);
  },
};

function jobFromCronJob(k: Parameters<Generator['make']>[0], name: string, from: string): KubeJson {
  const [type = '', cronJob] = from.split('/');
  const mapping = k.mapper.need(type);
  if (mapping.kind !== 'CronJob' || cronJob === undefined)
    throw new Failure(`from must be an existing cronjob`);
  const source = k.client.get(pathOf(mapping, k.namespace, cronJob));
  const template =
    ((source['spec'] ?? {}) as { jobTemplate?: { metadata?: KubeJson['metadata']; spec?: unknown } })
      .jobTemplate ?? {};
  return {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: metaOf(k, name, {
      ...(template.metadata?.labels ? { labels: template.metadata.labels } : {}),
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...template.metadata?.annotations },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: source.metadata.name ?? '',
          uid: source.metadata.uid ?? '',
          controller: true,
        },
      ],
    }),
    spec: template.spec,
    status: {},
  };
}

export const cronJobGenerator: Generator = {
  failure: 'failed to create cronjob',
  make: (k, name) => {
    const { flags } = k;
    const image = flags.text('image');
    return {
      kind: 'CronJob',
      apiVersion: 'batch/v1',
      metadata: metaOf(k, name),
      spec: {
        schedule: flags.text('schedule'),
        jobTemplate: {
          metadata: { name, creationTimestamp: null },
          spec: jobSpec(name, image, commandOf(k), flags.text('restart') || 'OnFailure'),
        },
      },
      status: {},
    };
  },
};
