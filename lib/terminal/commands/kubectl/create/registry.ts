// kubectl create secret docker-registry: k8s.io/kubectl pkg/cmd/create/create_secret_docker.go.
import { Failure } from '../run/errors';
import { compactJson } from '../print/json';
import { base64, dataOf, secret } from './config';
import type { Generator } from './generator';

const KEY = '.dockerconfigjson';

export const dockerSecretGenerator: Generator = {
  failure: 'failed to create secret',
  make: (k, name) => {
    const { flags } = k;
    const [username, password, server, email] = ['username', 'password', 'server', 'email'].map((part) =>
      flags.text(`docker-${part}`),
    ) as [string, string, string, string];
    if (flags.list('from-file').length === 0 && (username === '' || password === '' || server === ''))
      throw new Failure(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    if (flags.list('from-file').length > 0)
      return secret(k, name, dataOf(k, 'Secret', name), 'kubernetes.io/dockerconfigjson');
    const entry = {
      username,
      password,
      ...(email === '' ? {} : { email }),
      auth: base64(`${username}:${password}`),
    };
    const config = compactJson({ auths: { [server]: entry } });
    return secret(k, name, { [KEY]: config }, 'kubernetes.io/dockerconfigjson');
  },
};
