// One way to the server, with a time limit: a phone on a bad line may otherwise wait for ever.
const PATIENCE = 20000;

/** Fetches with the site's headers and a time limit. Rejects with `offline: true` when no answer came. */
export async function ask(url, { timeout = PATIENCE, signal, headers, ...options } = {}) {
  const limit = new AbortController();
  const clock = setTimeout(() => limit.abort(), timeout);
  if (signal) signal.addEventListener("abort", () => limit.abort());
  try {
    return await fetch(url, {
      credentials: "same-origin",
      ...options,
      headers: { "X-Requested-With": "fetch", ...headers },
      signal: limit.signal,
    });
  } catch (cause) {
    throw Object.assign(new Error("no answer"), { offline: true, cause });
  } finally {
    clearTimeout(clock);
  }
}
