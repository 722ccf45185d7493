/** 'sha256-…' of each inline script of a page, each once. */
export function inlineScriptHashes(html: string): string[];
/** The address that a prerendered file answers to. */
export function routeOf(file: string): string;
/** Writes csp.json into a build's folder and returns what it says. */
export function writeCspHashes(folder?: string): Record<string, string[]>;
