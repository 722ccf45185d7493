// The cluster of the home page: one Service before a Deployment.
import type { SourceFile } from '@/lib/workbench/protocol';

export const DEPLOYMENT_FILE = 'deployment.yaml';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: 8080
`;

export const deployment = (replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: my-web-app
          ports:
            - containerPort: 8080
`;

/** The Service last: it is the one that the chain view shows. */
export const liveFiles = (replicas: number): readonly SourceFile[] => [
  { name: DEPLOYMENT_FILE, text: deployment(replicas) },
  { name: 'service.yaml', text: SERVICE },
];
