// Containers, their ports and probes (k8s.io/api/core/v1/types.go, pkg/apis/core/v1/defaults.go).
import { field, text, type TypeDocs } from './types';

const port = field(
  'The port: a number, or the name of a port of the container.',
  '端口：端口号，或容器端口的名称。',
);

export const containerDocs: TypeDocs = {
  'v1.Container': {
    about: text('One container of a Pod.', 'Pod 的一个容器。'),
    fields: {
      name: field('The container’s name, unique in the Pod.', '容器名称，Pod 内唯一。'),
      image: field('The image that it is started from.', '启动容器用的镜像。'),
      imagePullPolicy: field('When the image is pulled.', '何时拉取镜像。', {
        default: 'IfNotPresent',
        defaultWhen: text('Always, if the tag is latest or left out', '标签为 latest 或不写时是 Always'),
      }),
      command: field(
        'The program, instead of the image’s entry point.',
        '要运行的程序，代替镜像的 ENTRYPOINT。',
      ),
      args: field('Its arguments, instead of the image’s.', '程序的参数，代替镜像的 CMD。'),
      workingDir: field('The folder it starts in.', '启动时的工作目录。'),
      ports: field(
        'Ports that the container listens on. They inform, and give names for targetPort; a port that is not listed can be reached too.',
        '容器监听的端口。只作说明，并给 targetPort 提供名称；没列出的端口也能访问。',
      ),
      env: field('Environment variables.', '环境变量。'),
      envFrom: field(
        'Environment variables from a ConfigMap or Secret.',
        '从 ConfigMap 或 Secret 引入的环境变量。',
      ),
      resources: field(
        'CPU and memory: what it asks for, and what it may use at most.',
        'CPU 和内存：请求多少，最多用多少。',
      ),
      volumeMounts: field('Volumes of the Pod that it sees, and where.', '挂载哪些卷、挂到哪里。'),
      livenessProbe: field(
        'A check; if it fails, the container is started again.',
        '存活检查；失败则重启容器。',
      ),
      readinessProbe: field(
        'A check; as long as it fails, the Pod is not ready and gets no traffic from Services. Without one it is ready as soon as it runs.',
        '就绪检查；失败期间 Pod 不就绪，Service 不给它流量。不写则一启动就算就绪。',
        {
          rules: text(
            'A Pod that fails it loses its KUBE-SEP chain on every node.',
            '检查失败的 Pod 在每个节点上都失去 KUBE-SEP 链。',
          ),
        },
      ),
      startupProbe: field(
        'A check that must succeed once before the others begin.',
        '启动检查；成功一次后，其他检查才开始。',
      ),
      lifecycle: field('What is done after the start and before the stop.', '启动后、停止前要做的事。'),
      securityContext: field('User, capabilities and other security settings.', '用户、能力等安全设置。'),
      terminationMessagePath: field('The file with the container’s last words.', '记录容器最后信息的文件。', {
        default: '/dev/termination-log',
      }),
      terminationMessagePolicy: field('From where the last words are taken.', '最后信息取自哪里。', {
        default: 'File',
      }),
      restartPolicy: field(
        'Always makes an init container a sidecar, which runs as long as the Pod.',
        '写 Always 会把 init 容器变成边车，与 Pod 同寿命。',
      ),
      stdin: field('Whether standard input is kept open.', '是否保持标准输入打开。', { default: 'false' }),
      stdinOnce: field(
        'Whether standard input closes after its first user.',
        '标准输入是否在首个使用者之后关闭。',
        { default: 'false' },
      ),
      tty: field('Whether it gets a terminal.', '是否分配终端。', { default: 'false' }),
    },
  },
  'v1.ContainerPort': {
    about: text('A port that a container listens on.', '容器监听的一个端口。'),
    fields: {
      name: field(
        'A name for the port, which targetPort of a Service may use; at most 15 characters.',
        '端口名称，可被 Service 的 targetPort 引用；最多 15 个字符。',
      ),
      containerPort: field('The port’s number.', '端口号。', { range: [1, 65535] }),
      protocol: field('The transport protocol.', '传输层协议。', { default: 'TCP' }),
      hostPort: field(
        'The same port of the node, led to the container. Rarely needed; a Service does it better.',
        '把节点的这个端口引到容器。很少需要，用 Service 更好。',
        { range: [1, 65535] },
      ),
      hostIP: field('The node’s address on which hostPort listens.', 'hostPort 监听的节点地址。'),
    },
  },
  'v1.Probe': {
    about: text('A check of a container, made by the kubelet.', 'kubelet 对容器做的检查。'),
    fields: {
      httpGet: field('An HTTP request; 200–399 is success.', '发 HTTP 请求；200–399 为成功。'),
      tcpSocket: field('A TCP connection; that it opens is success.', '建立 TCP 连接；连上即成功。'),
      exec: field(
        'A program run in the container; exit code 0 is success.',
        '在容器里运行程序；退出码 0 为成功。',
      ),
      grpc: field('A gRPC health check.', 'gRPC 健康检查。'),
      initialDelaySeconds: field('Seconds from the start to the first check.', '启动后多少秒开始检查。', {
        default: '0',
      }),
      periodSeconds: field('Seconds between checks.', '检查间隔，秒。', { default: '10' }),
      timeoutSeconds: field('Seconds until a check counts as failed.', '多少秒没有结果算失败。', {
        default: '1',
      }),
      successThreshold: field(
        'So many successes in a row end a failure. Must be 1 for liveness and startup.',
        '连续成功几次才算恢复。存活和启动检查必须是 1。',
        { default: '1' },
      ),
      failureThreshold: field('So many failures in a row count.', '连续失败几次才算失败。', { default: '3' }),
      terminationGracePeriodSeconds: field(
        'The grace period if this probe ends the container.',
        '由这个检查结束容器时的宽限期。',
      ),
    },
  },
  'v1.HTTPGetAction': {
    about: text('An HTTP request.', '一个 HTTP 请求。'),
    fields: {
      path: field('The path.', '路径。', { default: '/' }),
      port,
      host: field('The host; the Pod’s address, if left out.', '主机，不写就是 Pod 地址。'),
      scheme: field('HTTP or HTTPS; a certificate is not checked.', 'HTTP 或 HTTPS；不校验证书。', {
        default: 'HTTP',
      }),
      httpHeaders: field('Headers to send.', '要发送的请求头。'),
    },
  },
  'v1.TCPSocketAction': {
    about: text('A TCP connection.', '一个 TCP 连接。'),
    fields: { port, host: field('The host; the Pod’s address, if left out.', '主机，不写就是 Pod 地址。') },
  },
  'v1.ExecAction': {
    about: text('A program run in the container.', '在容器里运行的程序。'),
    fields: {
      command: field('The program and its arguments; no shell is involved.', '程序及参数，不经过 shell。'),
    },
  },
  'v1.GRPCAction': {
    about: text('A gRPC health check.', 'gRPC 健康检查。'),
    fields: {
      port: field('The port’s number.', '端口号。'),
      service: field('The service name sent with the request.', '请求中携带的服务名。'),
    },
  },
  'v1.Lifecycle': {
    about: text('What is done after the start and before the stop.', '启动后、停止前要做的事。'),
    fields: {
      postStart: field('Done right after the start.', '启动后立即执行。'),
      preStop: field(
        'Done before SIGTERM. A short sleep here lets every node drop the endpoint before the container stops.',
        '在 SIGTERM 之前执行。在这里稍等几秒，各节点就能先撤掉端点，容器再停。',
      ),
    },
  },
  'v1.SleepAction': {
    about: text('Waits.', '等待。'),
    fields: { seconds: field('How many seconds.', '多少秒。') },
  },
  'v1.EnvVar': {
    about: text('An environment variable.', '一个环境变量。'),
    fields: {
      name: field('Its name.', '名称。'),
      value: field('Its value; $(NAME) is replaced.', '值；$(NAME) 会被替换。'),
      valueFrom: field('Where the value comes from.', '值的来源。'),
    },
  },
  'v1.ResourceRequirements': {
    about: text('What a container asks for, and what it may use at most.', '请求的资源和上限。'),
    fields: {
      requests: field('What the scheduler sets aside for it.', '调度器为它预留的量。'),
      limits: field('What it may use at most.', '最多可用的量。'),
      claims: field('Device claims that it uses.', '使用的设备申请。'),
    },
  },
  'v1.VolumeMount': {
    about: text('A volume that a container sees.', '容器挂载的一个卷。'),
    fields: {
      name: field('The volume’s name in the Pod.', '卷在 Pod 里的名称。'),
      mountPath: field('Where it is seen in the container.', '挂载到容器的哪个路径。'),
      readOnly: field('Whether it can only be read.', '是否只读。', { default: 'false' }),
      subPath: field('The folder or file of the volume to mount.', '只挂载卷里的这个目录或文件。'),
    },
  },
};
