// Which function runs which command.
import { globalOptionsText, helpText } from '../cobra/help';
import { childrenOf } from '../cobra/flag-table';
import { Exit, Failure } from '../run/errors';
import type { Session, Verb } from '../run/session';
import {
  configMapGenerator,
  genericSecretGenerator,
  ingressGenerator,
  namespaceGenerator,
  quotaGenerator,
  serviceAccountGenerator,
  tlsSecretGenerator,
} from '../create/config';
import { creating } from '../create/generator';
import { budgetGenerator } from '../create/policy';
import { dockerSecretGenerator } from '../create/registry';
import { serviceGenerator } from '../create/service';
import { cronJobGenerator, deploymentGenerator, jobGenerator } from '../create/workloads';
import { apply } from './apply';
import { canI, whoAmI } from './auth';
import { autoscale } from './autoscale';
import {
  currentContext,
  deleteContext,
  getClusters,
  getContexts,
  getUsers,
  renameContext,
  setContext,
  useContext,
  viewConfig,
} from './config';
import { createFiles, replace } from './create-file';
import { deleteObjects } from './delete';
import { describe } from './describe';
import { diff } from './diff';
import { apiResources, apiVersions, clusterInfo, version } from './discovery';
import { edit, editLastApplied } from './edit';
import { events } from './events';
import { exec, top } from './exec';
import { portForward } from './port-forward';
import { explain } from './explain';
import { expose } from './expose';
import { get } from './get';
import { annotate, label } from './label';
import { setLastApplied, viewLastApplied } from './last-applied';
import { logs } from './logs';
import { cordon, drain, taint, uncordon } from './nodes';
import { patch } from './patch';
import { rolloutPause, rolloutRestart, rolloutResume, rolloutStatus } from './rollout';
import { rolloutHistory, rolloutUndo } from './rollout-history';
import { runPod } from './run-pod';
import { scale } from './scale';
import { setSelector, setServiceAccount } from './set';
import { setEnv, setImage, setResources } from './set-containers';
import { waitFor } from './wait';

const VERBS: Readonly<Record<string, Verb>> = {
  annotate,
  'api-resources': apiResources,
  'api-versions': apiVersions,
  'auth can-i': canI,
  'auth whoami': whoAmI,
  autoscale,
  'cluster-info': clusterInfo,
  'config current-context': currentContext,
  'config delete-context': deleteContext,
  'config get-clusters': getClusters,
  'config get-contexts': getContexts,
  'config get-users': getUsers,
  'config rename-context': renameContext,
  'config set-context': setContext,
  'config use-context': useContext,
  'config view': viewConfig,
  cordon,
  diff,
  drain,
  edit,
  events,
  exec,
  logs,
  'port-forward': portForward,
  'rollout history': rolloutHistory,
  'rollout pause': rolloutPause,
  'rollout restart': rolloutRestart,
  'rollout resume': rolloutResume,
  'rollout status': rolloutStatus,
  'rollout undo': rolloutUndo,
  taint,
  'top node': top,
  'top pod': top,
  uncordon,
  version,
  wait: waitFor,
  apply,
  'apply edit-last-applied': editLastApplied,
  'apply set-last-applied': setLastApplied,
  'apply view-last-applied': viewLastApplied,
  create: createFiles,
  'create configmap': creating(configMapGenerator),
  'create cronjob': creating(cronJobGenerator),
  'create deployment': creating(deploymentGenerator),
  'create ingress': creating(ingressGenerator),
  'create job': creating(jobGenerator),
  'create namespace': creating(namespaceGenerator),
  'create poddisruptionbudget': creating(budgetGenerator),
  'create quota': creating(quotaGenerator),
  'create secret docker-registry': creating(dockerSecretGenerator),
  'create secret generic': creating(genericSecretGenerator),
  'create secret tls': creating(tlsSecretGenerator),
  'create service clusterip': creating(serviceGenerator('ClusterIP')),
  'create service externalname': creating(serviceGenerator('ExternalName')),
  'create service loadbalancer': creating(serviceGenerator('LoadBalancer')),
  'create service nodeport': creating(serviceGenerator('NodePort')),
  'create serviceaccount': creating(serviceAccountGenerator),
  delete: deleteObjects,
  describe,
  explain,
  expose,
  get,
  label,
  options: (k) => k.out(globalOptionsText()),
  patch,
  'plugin list': () => {
    throw new Failure('unable to find any kubectl plugins in your PATH');
  },
  replace,
  run: runPod,
  scale,
  'set env': setEnv,
  'set image': setImage,
  'set resources': setResources,
  'set selector': setSelector,
  'set serviceaccount': setServiceAccount,
};

/** The function of a command; one that prints the help, or says that it is not here. */
export function verbOf(k: Session): Verb {
  const { command } = k;
  const verb = VERBS[command.path.join(' ')];
  if (verb) return verb;
  if (childrenOf(command.path).length > 0) return group;
  throw k.lacking(`kubectl ${command.path.join(' ')}`);
}

/** `kubectl rollout`: the commands below it. */
function group(k: Session): number {
  const [word] = k.args;
  if (word !== undefined)
    throw new Exit(
      `error: unknown command "${[...k.args].join(' ')}"\nSee 'kubectl ${k.command.path.join(' ')} -h' for help and examples\n`,
    );
  const path = k.command.path.join(' ');
  const text = helpText(k.command, k.minor);
  // Most groups say it where errors stand (cmdutil.DefaultSubCommandRun(streams.ErrOut)).
  if (['', 'rollout', 'certificate'].includes(path)) k.out(text);
  else k.err(text);
  return path === '' || path === 'certificate' ? 0 : 1;
}
