// Fragments that change by themselves: asked for again, ever more rarely, until they say that they are done.
import { ask } from "./ask.js";
import { replace } from "./replace.js";

const SLOWEST = 30;
const PATIENCE_GROWTH = 1.4;
const polled = new WeakSet();

export function watchPolls() {
  const look = () => document.querySelectorAll("[data-poll-url]").forEach(begin);
  document.addEventListener("karakoram:shown", look);
  look();
}

function begin(element) {
  if (polled.has(element)) return;
  polled.add(element);
  follow(element);
}

async function follow(element) {
  let wait = Number(element.dataset.pollEvery) || 2;
  while (element && element.isConnected && element.dataset.pollUrl) {
    await pause(wait);
    wait = Math.min(SLOWEST, wait * PATIENCE_GROWTH);
    try {
      const answer = await ask(element.dataset.pollUrl, { headers: { "HX-Request": "true" } });
      if (answer.ok) element = replace(element, await answer.text());
      else if (answer.status < 500 && answer.status !== 429) return;
    } catch (offline) {
      wait = SLOWEST;
    }
  }
}

// In a hidden tab nothing is asked: it costs megabytes and nobody looks.
async function pause(seconds) {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  while (document.hidden) await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
}
