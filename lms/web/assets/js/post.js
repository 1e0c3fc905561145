// Sends what somebody wrote, and does not lose it: not to a dropped line, an old token or an ended session.
import { ask } from "./ask.js";
import { signIn } from "./sign-in.js";
import { setToken, token } from "./token.js";

export async function post(url, data, options = {}) {
  const body = encoded(data);
  let answer = await send(url, body, options);
  if (answer.status === 400 && answer.headers.get("X-Token") === "renewed") {
    setToken((await answer.json()).csrf);
    answer = await send(url, body, options);
  }
  if (answer.status === 401 && answer.headers.has("X-Sign-In")) {
    await signIn(answer.headers.get("X-Sign-In"));
    answer = await send(url, body, options);
  }
  return answer;
}

function send(url, body, { headers, ...options }) {
  const own = { "X-CSRFToken": token() };
  return ask(url, { method: "POST", body, ...options, headers: { ...own, ...headers } });
}

function encoded(data) {
  const pairs = data instanceof HTMLFormElement ? new FormData(data) : data;
  if (!(pairs instanceof FormData)) return new URLSearchParams(pairs || {});
  // Multipart costs ten times the bytes of what most forms hold.
  const hasFile = [...pairs.values()].some((value) => typeof value !== "string");
  return hasFile ? pairs : new URLSearchParams([...pairs]);
}
