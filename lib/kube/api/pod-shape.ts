// The fields of Pods that defaulting and validation read, beyond those that the simulated cluster acts on (lib/kube/types.ts).
// Decoding has made sure of the types.
import type { ContainerPort, IntOrString, LabelSelector, PodSpec } from '@/lib/kube/types';
import type { JsonObject } from './json';

export interface HttpGetShape {
  readonly path?: string;
  readonly port: IntOrString;
  readonly scheme?: string;
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
}

/** What a probe or a lifecycle hook does. */
export interface HandlerShape {
  readonly exec?: { readonly command?: readonly string[] };
  readonly httpGet?: HttpGetShape;
  readonly tcpSocket?: { readonly port: IntOrString };
  readonly grpc?: { readonly port: number; readonly service?: string };
  readonly sleep?: { readonly seconds?: number };
}

export interface ProbeShape extends HandlerShape {
  readonly initialDelaySeconds?: number;
  readonly timeoutSeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface EnvShape {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly apiVersion?: string; readonly fieldPath?: string };
    readonly resourceFieldRef?: { readonly resource?: string };
    readonly configMapKeyRef?: { readonly name?: string; readonly key?: string };
    readonly secretKeyRef?: { readonly name?: string; readonly key?: string };
  };
}

export interface EnvFromShape {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name?: string };
  readonly secretRef?: { readonly name?: string };
}

export interface ResourcesShape {
  readonly limits?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, string>>;
}

export interface MountShape {
  readonly name: string;
  readonly mountPath?: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

export interface ContainerShape {
  readonly name: string;
  readonly image?: string;
  readonly ports?: readonly ContainerPort[];
  readonly env?: readonly EnvShape[];
  readonly envFrom?: readonly EnvFromShape[];
  readonly resources?: ResourcesShape;
  readonly volumeMounts?: readonly MountShape[];
  readonly livenessProbe?: ProbeShape;
  readonly readinessProbe?: ProbeShape;
  readonly startupProbe?: ProbeShape;
  readonly lifecycle?: { readonly postStart?: HandlerShape; readonly preStop?: HandlerShape };
  readonly restartPolicy?: string;
  readonly terminationMessagePath?: string;
  readonly terminationMessagePolicy?: string;
  readonly imagePullPolicy?: string;
}

export interface TolerationShape {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

export interface SpreadShape {
  readonly maxSkew?: number;
  readonly topologyKey?: string;
  readonly whenUnsatisfiable?: string;
  readonly labelSelector?: LabelSelector;
  readonly minDomains?: number;
}

export type VolumeShape = JsonObject & { readonly name?: string };

export type PodSpecShape = Omit<PodSpec, 'containers' | 'restartPolicy'> & {
  readonly containers?: readonly ContainerShape[];
  readonly initContainers?: readonly ContainerShape[];
  readonly ephemeralContainers?: readonly ContainerShape[];
  readonly volumes?: readonly VolumeShape[];
  readonly restartPolicy?: string;
  readonly dnsPolicy?: string;
  readonly dnsConfig?: { readonly nameservers?: readonly string[]; readonly searches?: readonly string[] };
  readonly securityContext?: JsonObject;
  readonly schedulerName?: string;
  readonly serviceAccountName?: string;
  readonly serviceAccount?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly activeDeadlineSeconds?: number;
  readonly tolerations?: readonly TolerationShape[];
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames?: readonly string[] }[];
  readonly affinity?: JsonObject;
  readonly topologySpreadConstraints?: readonly SpreadShape[];
  readonly schedulingGates?: readonly { readonly name: string }[];
  readonly priority?: number;
  readonly priorityClassName?: string;
  readonly preemptionPolicy?: string;
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
};
