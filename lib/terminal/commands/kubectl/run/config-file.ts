// The kubeconfig file as a value (k8s.io/client-go tools/clientcmd/api/v1), and the one that the control machine starts with.

export interface ConfigContext {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
}

export interface ConfigFile {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly clusters?:
    | readonly {
        readonly name: string;
        readonly cluster?: Readonly<Record<string, unknown>> & { readonly server?: string };
      }[]
    | null;
  readonly contexts?: readonly { readonly name: string; readonly context?: ConfigContext }[] | null;
  readonly users?:
    | readonly { readonly name: string; readonly user?: Readonly<Record<string, unknown>> }[]
    | null;
  readonly 'current-context'?: string;
  readonly preferences?: Readonly<Record<string, unknown>>;
}

export const CONFIG_PATH = '/home/student/.kube/config';

/** As kubeadm leaves it. */
export const defaultConfig = (): ConfigFile => ({
  apiVersion: 'v1',
  clusters: [
    {
      name: 'kubernetes',
      cluster: { server: 'https://192.168.10.10:6443', 'certificate-authority-data': 'DATA+OMITTED' },
    },
  ],
  contexts: [
    { name: 'kubernetes-admin@kubernetes', context: { cluster: 'kubernetes', user: 'kubernetes-admin' } },
  ],
  'current-context': 'kubernetes-admin@kubernetes',
  kind: 'Config',
  preferences: {},
  users: [
    {
      name: 'kubernetes-admin',
      user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' },
    },
  ],
});
