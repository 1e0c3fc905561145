// Sign-in over the page: whatever was being written stays where it is.
import { ask } from "./ask.js";
import { setToken, token } from "./token.js";

let asking = null;
let refused = false;
// Whoever closed the dialog is left in peace by what scripts send on their own, until the next touch.
addEventListener("pointerdown", () => (refused = false));
addEventListener("submit", () => (refused = false), true);

/** Resolves once somebody has signed in; rejects with `signedOut: true` if they would not. One dialog for all. */
export function signIn(url) {
  if (refused) return Promise.reject(refusal());
  asking = asking || open(url).finally(() => {
    asking = null;
  });
  return asking;
}

async function open(url) {
  const dialog = document.querySelector("[data-sign-in]");
  const place = dialog && dialog.querySelector("[data-sign-in-form]");
  if (!place || !dialog.showModal) throw refusal();
  place.innerHTML = await (await ask(`${url}?dialog=1`)).text();
  dialog.showModal();
  try {
    await signedIn(dialog, place, url);
  } finally {
    dialog.close();
    place.innerHTML = "";
  }
}

function signedIn(dialog, place, url) {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const finish = (settle, value) => {
      done.abort();
      settle(value);
    };
    const closed = () => {
      refused = !done.signal.aborted;
      finish(reject, refusal());
    };
    dialog.addEventListener("close", closed, { once: true });
    const submitted = (event) => {
      event.preventDefault();
      if (!done.signal.aborted) attempt(event.target, place, url).then((fresh) => fresh && finish(resolve), () => {});
    };
    place.addEventListener("submit", submitted, { signal: done.signal });
  });
}

// The new token after a good sign-in, else nothing: the form then shows what was wrong.
async function attempt(form, place, url) {
  const body = new URLSearchParams([...new FormData(form)]);
  body.set("dialog", "1");
  const answer = await ask(url, { method: "POST", body, headers: { "X-CSRFToken": token() } });
  if (!(answer.headers.get("Content-Type") || "").includes("json")) {
    place.innerHTML = await answer.text();
    return "";
  }
  const fresh = (await answer.json()).csrf || "";
  setToken(fresh);
  return answer.ok ? fresh : "";
}

function refusal() {
  return Object.assign(new Error("signed out"), { signedOut: true });
}
