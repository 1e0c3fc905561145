// The switches of theme, pinyin and text size: kept on this phone, put on the page before it is painted (boot.js).
const KEY = "karakoram.";
const root = document.documentElement;

export function watchSettings() {
  document.querySelectorAll("[data-setting]").forEach(show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-setting]");
    if (button) choose(button.dataset.setting, button.dataset.value);
  });
  // Another tab may choose too.
  addEventListener("storage", ({ key, newValue }) => {
    if (key && key.startsWith(KEY)) apply(key.slice(KEY.length), newValue || "");
  });
}

function choose(name, value) {
  try {
    if (value) localStorage.setItem(KEY + name, value);
    else localStorage.removeItem(KEY + name);
  } catch (refused) {
    // storage is switched off: the choice holds for this page only
  }
  apply(name, value);
}

function apply(name, value) {
  if (value) root.setAttribute(`data-${name}`, value);
  else root.removeAttribute(`data-${name}`);
  document.querySelectorAll(`[data-setting="${name}"]`).forEach(show);
}

function show(button) {
  const current = root.getAttribute(`data-${button.dataset.setting}`) || "";
  button.setAttribute("aria-pressed", String(current === button.dataset.value));
}
