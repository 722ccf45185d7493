// kubectl autoscale: k8s.io/kubectl pkg/cmd/autoscale/autoscale.go.
import type { KubeJson } from '../api/client';
import { apiVersionOf, pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { printerFor } from '../print/printer';
import { Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, withDryRun } from '../run/write-options';
import type { Info } from '../resources/info';
import { fetched } from '../resources/select';

export function autoscale(k: Session): number {
  const { flags } = k;
  const dryRun = dryRunOf(k);
  const max = flags.int('max');
  if (max < 1) throw new Failure(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < flags.int('min'))
    throw new Failure(
      `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${flags.int('min')}`,
    );
  const { infos, errors } = fetched(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
  });
  throwAll(errors);
  for (const info of infos) {
    if (!info.mapping.subresources.includes('scale'))
      throw new Failure(
        `cannot autoscale a ${info.mapping.kind}: no scaler has been implemented`.replace(/: no.*/, ''),
      );
    const made = autoscaler(k, info);
    const mapping = k.mapper.forKind(made.apiVersion, made.kind);
    const printer = printerFor(k, { operation: withDryRun('autoscaled', dryRun), typed: true });
    if (dryRun === 'client' || !mapping) {
      printer(made);
      continue;
    }
    printer(
      k.client.request('POST', pathOf(mapping, info.namespace), {
        query: { fieldManager: flags.text('field-manager'), dryRun: dryRunParameter(dryRun) },
        body: compactJson(made),
      }),
    );
  }
  return 0;
}

function autoscaler(k: Session, { mapping, name }: Info): KubeJson {
  const { flags } = k;
  const [min, max, cpu] = [flags.int('min'), flags.int('max'), flags.int('cpu-percent')];
  const head = {
    metadata: {
      name: flags.text('name') || name,
      ...(k.kubeconfig.namespaceGiven ? { namespace: k.namespace } : {}),
      creationTimestamp: null,
    },
  };
  const scaleTargetRef = { kind: mapping.kind, name, apiVersion: apiVersionOf(mapping) };
  const bounds = { ...(min > 0 ? { minReplicas: min } : {}), maxReplicas: max };
  if (k.differences.autoscaleV2)
    return {
      kind: 'HorizontalPodAutoscaler',
      apiVersion: 'autoscaling/v2',
      ...head,
      spec: {
        scaleTargetRef,
        ...bounds,
        ...(cpu >= 0
          ? {
              metrics: [
                {
                  type: 'Resource',
                  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } },
                },
              ],
            }
          : {}),
      },
      status: { desiredReplicas: 0, currentMetrics: null },
    };
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v1',
    ...head,
    spec: { scaleTargetRef, ...bounds, ...(cpu >= 0 ? { targetCPUUtilizationPercentage: cpu } : {}) },
    status: { currentReplicas: 0, desiredReplicas: 0 },
  };
}
