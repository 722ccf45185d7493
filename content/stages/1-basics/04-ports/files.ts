// The files of lab 1.4: a Service that speaks to one number, and two versions of an application that listen on two.

const service = (ports: string): string => `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
spec:
  selector:
    app: my-web-app
  ports:
${ports}  type: ClusterIP
`;

export const SERVICE_AT_START = service(`    - protocol: TCP
      port: 80
      targetPort: 8080
`);

const HTTP = `    - name: http
      protocol: TCP
      port: 80
      targetPort: http
`;

export const NAMED_SERVICE = service(HTTP);

export const WHOLE_SERVICE = service(`${HTTP}    - name: stats
      protocol: UDP
      port: 80
      targetPort: stats
`);

const deployment = (version: string, replicas: number, web: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${version}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: my-web-app
      version: ${version}
  template:
    metadata:
      labels:
        app: my-web-app
        version: ${version}
    spec:
      containers:
        - name: web
          image: my-web-app
${web}        - name: stats
          image: echo
          env:
            - name: PORT
              value: "8125"
          ports:
            - name: stats
              containerPort: 8125
              protocol: UDP
`;

export const V1 = deployment(
  'v1',
  2,
  '          ports:\n            - name: http\n              containerPort: 8080\n',
);
export const V2 = deployment(
  'v2',
  1,
  '          env:\n            - name: PORT\n              value: "9090"\n          ports:\n            - containerPort: 9090\n',
);
