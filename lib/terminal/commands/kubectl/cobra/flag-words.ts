// What each flag does, in our own words, by its name; a flag that means something else in some command stands as "command flag".

const WORDS = `
output: How to print: json, yaml, name, go-template, jsonpath …; without it, a line or a table.
show-managed-fields: Prints metadata.managedFields too.
allow-missing-template-keys: A field that a template names and an object has not is no error.
template: The template, or its file, for -o go-template.
dry-run: none sends it; client prints what would be sent; server lets the server check it without keeping it.
field-manager: The name under which the server notes who set a field.
filename: A file or folder of manifests, or - for standard input. May be repeated.
recursive: Reads the folders inside a folder of -f too.
kustomize: A folder with a kustomization.yaml.
selector: Only objects with these labels, as key=value, key!=value, key in (a,b), or key.
save-config: Keeps the object in the last-applied annotation, for a later kubectl apply.
validate: strict refuses unknown and duplicate fields, warn only names them, ignore says nothing.
all: All objects of the type in the namespace.
local: Works on the files alone, without asking the server.
all-namespaces: Objects of all namespaces.
timeout: How long to wait before giving up; 0 means as long as it takes.
force: Goes on where it would stop otherwise: deletes at once, or deletes and creates again.
no-headers: Leaves out the first line of a table.
pod-running-timeout: How long to wait until a Pod runs.
field-selector: Only objects with these values in fields that the server can select by.
subresource: Works on this part of the object, such as status or scale.
raw: The path to ask the server for, as it is.
image: The image of the container.
grace-period: Seconds that a Pod has to end; 0 with --force ends it at once; negative is its own setting.
quiet: Prints nothing but what was asked for.
overwrite: Lets a value that is there already be changed.
container: The container in the Pod; default: its first one.
user: The user's name.
append-hash: Adds a hash of the content to the name.
port: The port.
tcp: PORT or PORT:TARGETPORT. May be repeated.
cascade: What becomes of the objects that belong to this one: background and foreground delete them, orphan leaves them.
env: A variable as NAME=value. May be repeated.
stdin: Keeps standard input open for the container.
tty: Gives the program a terminal.
wait: Returns only when it is done.
list: Lists what is there instead of changing it.
resource-version: Goes on only if the object is still of this version.
chunk-size: How many objects the server returns at a time; 0 for all.
sort-by: A JSONPath of the field to sort by.
windows-line-endings: Lines of the edited file end as on Windows.
group: The group's name.
serviceaccount: The ServiceAccount.
from-file: A file, or KEY=FILE, or a folder whose files become keys.
from-env-file: A file of lines NAME=value, each of which becomes a key.
from-literal: KEY=VALUE. May be repeated.
type: The type.
containers: The containers to change, by name; * in it stands for any text.
watch: Stays, and prints changes as they come.
watch-only: As --watch, without what is there at the beginning.
resource: The resources that the rule is about.
resource-name: The names of objects that the rule is about.
verb: What may be done with them.
clusterrole: The ClusterRole that is bound.
role: The Role that is bound.
restart: When a container that ended is started again: Always, OnFailure, or Never.
replicas: How many Pods there should be.
from: What to take it from, as TYPE/NAME.
labels: Labels of the new object, as key=value,key=value.
name: The name of the new object; default: that of the object it is made from.
override-type: How --overrides is laid over the object: json, merge, or strategic.
overrides: JSON that is laid over the new object.
attach: Attaches to the Pod once it runs.
image-pull-policy: When the image is pulled: Always, IfNotPresent, or Never.
prefix: Text before each name, or before each line its source.
ignore-not-found: An object that is not there is no error.
revision: The revision of the rollout; 0 for the newest.
to-revision: The revision to go back to; 0 for the one before.
for: The condition, or the object, that it is about.
address: The addresses to listen on.
force-conflicts: Takes over fields that another manager owns.
prune: Deletes objects that were applied before and are not in the files any more.
prune-allowlist: The kinds that --prune looks at, as group/version/kind.
server-side: Lets the server merge what is applied.
edit: Opens the object in an editor before it is created.
schedule: When to run, in the five fields of cron.
annotation: An annotation as key=value. May be repeated.
annotations: Annotations of the new object, as key=value,key=value.
class: The IngressClass.
default-backend: The Service for all that no rule takes, as NAME:PORT.
rule: host/path=service:port[,tls[=secret]]. May be repeated.
max-unavailable: How many Pods, or which share, may be missing.
min-available: How many Pods, or which share, must stay.
hard: Limits as resource=amount,resource=amount.
scopes: Only objects in these scopes count.
docker-email: The e-mail address for the registry.
docker-password: The password for the registry.
docker-server: The registry's address.
docker-username: The user's name at the registry.
cert: The file with the certificate in PEM.
key: The file with the private key.
clusterip: The cluster IP to ask for; None makes the Service headless.
cluster-ip: The cluster IP to ask for; None makes the Service headless.
external-name: The DNS name that the Service stands for.
external-ip: Another address at which the cluster takes traffic for the Service.
load-balancer-ip: The address to ask the load balancer for.
node-port: The node port to ask for.
protocol: TCP, UDP, or SCTP.
session-affinity: None, or ClientIP to send a client where it was before.
target-port: The number or name of the port in the Pods.
command: What stands behind -- replaces the image's command, not its arguments.
expose: Makes a Service for the Pod too; needs --port.
rm: Deletes the Pod when its program has ended.
keys: Only these keys.
limits: Upper limits as cpu=200m,memory=512Mi.
requests: Amounts to reserve, as cpu=200m,memory=512Mi.
api-version: The group and version to explain.
label-columns: Adds a column for each of these labels.
output-watch-events: Puts ADDED, MODIFIED or DELETED before each line of a watch.
server-print: Lets the server make the table.
show-kind: Puts the kind before each name.
show-labels: Adds a column with all labels.
output-patch: Prints the patch that is sent.
now: Ends Pods at once: as --grace-period=1.
current-replicas: Goes on only if there are so many now.
cpu-percent: The average use of CPU to aim at, in percent of what Pods request.
max: The most Pods.
min: The fewest Pods.
delete-emptydir-data: Goes on though Pods lose what they keep in emptyDir volumes.
disable-eviction: Deletes Pods instead of evicting them: budgets are not asked.
ignore-daemonsets: Leaves Pods of DaemonSets where they are.
pod-selector: Only Pods with these labels.
show-events: Shows the object's events too.
all-containers: All containers of the Pod.
all-pods: All Pods of the object.
follow: Stays, and prints lines as they come.
ignore-errors: Goes on with other sources when one fails.
limit-bytes: At most so many bytes.
max-log-requests: How many Pods may be followed at a time.
previous: The container before the last restart.
since: Only lines newer than this, as 5s, 2m, 3h.
since-time: Only lines after this time, RFC 3339.
tail: So many of the last lines; -1 for all.
timestamps: Puts the time before each line.
types: Only events of these types: Normal, Warning.
recursive-explain: All fields below, names only.
create-annotation: Makes the annotation where there is none.
patch: The patch, in JSON or YAML.
patch-file: The file with the patch.
api-group: Only resources of this API group.
categories: Only resources of these categories.
namespaced: Only resources that stand in namespaces, or only those that do not.
verbs: Only resources that know all of these verbs.
current: The context in use.
client: Only kubectl's own version, without asking the server.
minify: Only what the context in use needs.
raw-config: Shows secrets and certificates too.
namespace: The namespace.
context: The context of the kubeconfig to use.
kubeconfig: The kubeconfig file.
server: The API server's address.
cluster: The cluster of the kubeconfig.
as: The user to act as.
as-group: A group to act in. May be repeated.
request-timeout: How long one request may take; 0 for ever.
warnings-as-errors: Warnings of the server make the exit code 1.
token: The bearer token to show the server.
v: How much kubectl says of its own doings.
`;

const words = new Map(
  WORDS.trim()
    .split('\n')
    .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
);
/** Flags that have another meaning in one command. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'explain recursive': 'recursive-explain',
  'config view raw': 'raw-config',
};

/** A sentence about a flag of a command ("config view"); undefined if nobody has written one. */
export const flagWords = (command: string, flag: string): string | undefined =>
  words.get(ELSEWHERE[`${command} ${flag}`] ?? flag);
