// Forms are sent once, show that they are on their way, and are not thrown away into a dead line.
import { post } from "./post.js";
import { replace } from "./replace.js";
import { say, words } from "./say.js";

const STUCK = 15000;

export function guardForms() {
  document.addEventListener("submit", guard);
  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    if (form && form.hasAttribute("data-autosubmit")) form.requestSubmit ? form.requestSubmit() : form.submit();
  });
  // A page that comes back from the browser's memory must not come back busy.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(release));
}

function guard(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.hasAttribute("data-busy") || (form.method === "post" && !navigator.onLine)) {
    event.preventDefault();
    if (!navigator.onLine) say(words.offline, "warn");
    return;
  }
  const button = event.submitter;
  if (!form.hasAttribute("data-repeatable")) hold(form, button);
  if (form.dataset.swap) {
    event.preventDefault();
    swap(form, button);
  }
}

function hold(form, button) {
  form.setAttribute("data-busy", "");
  if (button) button.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), STUCK);
}

function release(form) {
  form.removeAttribute("data-busy");
  form.querySelectorAll('[aria-busy="true"]').forEach((button) => button.removeAttribute("aria-busy"));
}

async function swap(form, button) {
  const data = new FormData(form);
  if (button && button.name) data.append(button.name, button.value);
  try {
    const answer = await post(form.action, data, { headers: { "HX-Request": "true" } });
    if (answer.redirected) return location.assign(answer.url);
    const target = document.getElementById(form.dataset.swap);
    if (target && answer.status < 500) replace(target, await answer.text());
    else say(words.failed, "bad");
  } catch (problem) {
    if (!problem.signedOut) say(problem.offline ? words.offline : words.failed, "warn");
  }
  release(form);
}
