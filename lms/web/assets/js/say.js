// Short messages, shown and read out.
const SECONDS = 6;

export const words = JSON.parse(document.querySelector('meta[name="words"]')?.content || "{}");

export function say(text, tone = "info") {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const toast = document.createElement("p");
  toast.className = `toast ${tone}`;
  toast.textContent = text;
  place.textContent = "";
  place.append(toast);
  setTimeout(() => toast.remove(), SECONDS * 1000);
}
