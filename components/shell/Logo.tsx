// The mark: one line that becomes two, as a KUBE-SVC chain does.
export function Logo() {
  return (
    <svg aria-hidden width="20" height="20" viewBox="0 0 20 20" className="shrink-0 text-accent">
      <path
        d="M3 10h5m0 0 4-5h5m-9 5 4 5h5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="3" cy="10" r="2" fill="currentColor" />
    </svg>
  );
}
