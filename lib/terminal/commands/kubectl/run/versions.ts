// What differs between the kubectls of the versions; the values stand in the project's version table.
import { kubectlDifferences, minorOf, type K8sVersion } from '@/lib/kube/versions';

/** The differences, decided for one version. */
export function differencesOf(k8s: K8sVersion): Readonly<Record<keyof typeof kubectlDifferences, boolean>> {
  const entries = Object.entries(kubectlDifferences).map(([name, has]) => [name, has(k8s)]);
  return Object.fromEntries(entries) as Record<keyof typeof kubectlDifferences, boolean>;
}

export { minorOf };
