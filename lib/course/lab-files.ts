// The objects that several labs have: the Service of the document that the course is based on, the application behind it, a client.

const service = (comments: readonly [string, string, string]): string => `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
spec:
  selector:
    app: my-web-app
  ports:
    - protocol: TCP
      port: 80         # ${comments[0]}
      targetPort: 8080 # ${comments[1]}
  type: ClusterIP      # ${comments[2]}
`;

export const MY_WEB_SERVICE = {
  en: service([
    'the port of the Service',
    'the port that the Pods listen on',
    'the default: reachable inside the cluster only',
  ]),
  /** Character for character as in that document. */
  zh: service(['Service 暴露的端口', '后端 Pod 的业务端口', '默认类型，仅集群内部访问']),
} as const;

export const MY_WEB_APP = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-web-app
spec:
  replicas: 3
  selector:
    matchLabels:
      app: my-web-app
  template:
    metadata:
      labels:
        app: my-web-app
    spec:
      containers:
        - name: web
          image: my-web-app
          ports:
            - containerPort: 8080
`;

/** A Pod that calls others. */
export const CLIENT_POD = `apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  containers:
    - name: client
      image: curlimages/curl
      command: [sleep, infinity]
`;
