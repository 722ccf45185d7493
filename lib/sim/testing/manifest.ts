// A manifest as a learner writes it, for tests.
import { parseManifests, type ManifestDocument } from '@/lib/sim/manifest';

export const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
  labels: {app.kubernetes.io/name: web, tier: front}
spec:
  selector:
    app: my-web-app
  ports:
    - protocol: TCP
      port: 80         # what clients call
      targetPort: 8080
    - name: metrics
      port: "9090"
  type: ClusterIP
`;

/** The only document of a text that has nothing wrong. */
export function one(text: string): ManifestDocument {
  const { documents, problems } = parseManifests('service.yaml', text);
  const [document] = documents;
  if (problems.length > 0 || documents.length !== 1 || !document)
    throw new Error(`expected one sound document: ${JSON.stringify(problems)}`);
  return document;
}
