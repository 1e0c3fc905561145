// Keeps every answer as it is given: first on the phone, then on the server, and says honestly which.
//
// A queue in localStorage holds, for each question, the newest answer that has no receipt yet. It is sent
// one by one; each has its own key, so that sending it twice keeps it once. What the phone tells is how long
// an answer has waited, not what time it is: its clock may be wrong by a day.

const FIRST_WAIT = 2000; // milliseconds before trying again on a dead line
const LONGEST_WAIT = 30000;

const form = document.querySelector("form[data-quiz]");
if (form) start(form);

function start(form) {
  const store = `quiz-${form.dataset.quiz}`;
  const queue = load(store);
  const timers = new Map();
  const receipts = {}; // when this page got its last receipt for each question
  let sending = null;
  let handingIn = false;
  let wait = FIRST_WAIT;
  let retry;

  const slotOf = (target) => target.closest("[data-slot]");
  const later = (section, delay) => {
    clearTimeout(timers.get(section));
    timers.set(section, setTimeout(() => keep(section), delay));
  };
  form.addEventListener("input", (event) => {
    const section = slotOf(event.target);
    if (!section) return;
    show(section, "saving");
    later(section, event.target.matches("input[type=text], textarea") ? 900 : 150);
  });
  form.addEventListener("change", (event) => slotOf(event.target) && later(slotOf(event.target), 0));
  addEventListener("online", () => {
    wait = FIRST_WAIT;
    send();
  });
  addEventListener("pagehide", () => timers.forEach((timer, section) => timer && keep(section)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!asksFirst(event.submitter)) handIn(event.submitter);
  });

  for (const [slot, item] of Object.entries(queue)) {
    const section = form.querySelector(`[data-slot="${CSS.escape(slot)}"]`);
    if (section) fill(section, item.fields);
  }
  count();
  send();

  function keep(section) {
    put(section);
    count();
    send();
  }

  function put(section) {
    clearTimeout(timers.get(section));
    timers.delete(section);
    queue[section.dataset.slot] = { key: newKey(), fields: fieldsOf(section), made: Date.now() };
    save(store, queue);
  }

  function send() {
    if (sending || handingIn) return;
    sending = sendAll().finally(() => (sending = null));
  }

  async function sendAll() {
    try {
      for (let slot; !handingIn && (slot = Object.keys(queue)[0]); ) await sendOne(slot);
      wait = FIRST_WAIT;
    } catch {
      Object.keys(queue).forEach((slot) => show(sectionOf(slot), "waiting"));
      clearTimeout(retry);
      retry = setTimeout(send, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  async function sendOne(slot) {
    const item = queue[slot];
    const section = sectionOf(slot);
    show(section, "saving");
    const body = new URLSearchParams(item.fields);
    body.set("slot", slot);
    body.set("key", item.key);
    // It is newer than the receipt of the answer before it: a slow line must not make it look older.
    body.set("age_ms", Math.max(0, Date.now() - Math.max(item.made, receipts[slot] || 0)));
    const response = await window.karakoram.post(form.dataset.answers, body, { keepalive: true });
    const answer = await response.json().catch(() => ({}));
    if (response.status === 409 && answer.closed) {
      Object.keys(queue).forEach((each) => delete queue[each]);
      save(store, queue);
      location.assign(answer.closed);
      return;
    }
    if (!response.ok && ![400, 413, 422].includes(response.status)) throw new Error("later");
    if (!response.ok) {
      forget(slot, item); // it will never be taken: say so, and do not block the others
      show(section, "failed");
      say(section, answer.problem || "");
      return;
    }
    forget(slot, item);
    receipts[slot] = Date.now();
    if (queue[slot]) return; // there is a newer answer: this one's fate no longer matters
    show(section, answer.problem ? "none" : "saved", answer.saved_at);
    say(section, answer.problem || "");
    count();
  }

  // Whoever has left something empty is asked once: handing in cannot be taken back.
  function asksFirst(button) {
    const dialog = document.getElementById("unanswered");
    const empty = [...form.querySelectorAll("[data-slot]")].some((section) => !isAnswered(section));
    if (!empty || !dialog?.showModal) return false;
    count();
    dialog.querySelector("[data-answered-words]").textContent = form.querySelector("[data-answered]").textContent;
    dialog.querySelector("[data-hand-in]").onclick = () => {
      dialog.close();
      handIn(button);
    };
    dialog.showModal();
    return true;
  }

  async function handIn(button) {
    timers.forEach((timer, section) => put(section));
    button?.setAttribute("aria-busy", "true");
    handingIn = true; // the whole form goes up at once: nothing may follow it
    await sending;
    try {
      const response = await window.karakoram.post(form.dataset.submission, new URLSearchParams(new FormData(form)));
      if (!response.ok) throw new Error("not taken");
      const answer = await response.json();
      localStorage.removeItem(store);
      location.assign(answer.href);
    } catch (problem) {
      handingIn = false;
      send();
      const { offline, failed } = window.karakoram.words;
      if (!problem.signedOut) window.karakoram.say(problem.offline ? offline : failed, "bad");
    } finally {
      button?.removeAttribute("aria-busy");
    }
  }

  function forget(slot, item) {
    if (queue[slot]?.key === item.key) delete queue[slot];
    save(store, queue);
  }

  function sectionOf(slot) {
    return form.querySelector(`[data-slot="${CSS.escape(slot)}"]`);
  }

  function count() {
    const words = form.querySelector("[data-answered]");
    const answered = [...form.querySelectorAll("[data-slot]")].filter(isAnswered).length;
    words.textContent = words.dataset.answered.replace("{count}", answered);
  }
}

// What cannot be read is no answer: the page must not count what the result will not.
function isAnswered(section) {
  return section.querySelector("[data-problem]").hidden && fieldsOf(section).some(([, value]) => value.trim() !== "");
}

function fieldsOf(section) {
  const fields = [];
  for (const field of section.querySelectorAll("input, select, textarea")) {
    if (field.matches("[type=radio], [type=checkbox]") && !field.checked) continue;
    fields.push([field.name, field.value]);
  }
  return fields;
}

function fill(section, fields) {
  for (const field of section.querySelectorAll("input, select, textarea")) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

function show(section, state, at) {
  const receipt = section?.querySelector(".receipt");
  if (!receipt) return;
  receipt.dataset.state = state;
  if (!at) return;
  let time = receipt.querySelector("[data-when=saved] time");
  if (!time) {
    time = document.createElement("time");
    receipt.querySelector("[data-when=saved]").append(" · ", time);
  }
  time.dateTime = at;
  time.textContent = new Date(at).toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

function say(section, problem) {
  const place = section?.querySelector("[data-problem]");
  if (!place) return;
  place.textContent = problem;
  place.hidden = !problem;
  section.querySelectorAll("input[type=text], textarea").forEach((field) => {
    if (problem) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  });
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function load(store) {
  try {
    return JSON.parse(localStorage.getItem(store)) || {};
  } catch {
    return {};
  }
}

function save(store, queue) {
  try {
    if (Object.keys(queue).length) localStorage.setItem(store, JSON.stringify(queue));
    else localStorage.removeItem(store);
  } catch {
    // private mode or a full phone: the answer is still sent, only not kept across a reload
  }
}
