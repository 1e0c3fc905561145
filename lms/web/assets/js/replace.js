// Puts a fragment of a page where it belongs.

/** Replaces the element by the HTML and returns what stands there now; focus stays where it was if it can. */
export function replace(element, html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const made = template.content.children;
  if (made.length === 1 && made[0].tagName === element.tagName) return renew(element, made[0]);
  const first = made[0];
  element.replaceWith(template.content);
  if (first) shown(first);
  return first || null;
}

// The element itself stays, so that a live region goes on being read out.
function renew(element, fresh) {
  if (element.isEqualNode(fresh)) return element;
  const focused = element.contains(document.activeElement) && document.activeElement.id;
  [...element.attributes].forEach(({ name }) => element.removeAttribute(name));
  [...fresh.attributes].forEach(({ name, value }) => element.setAttribute(name, value));
  element.innerHTML = fresh.innerHTML;
  if (focused) document.getElementById(focused)?.focus();
  shown(element);
  return element;
}

function shown(element) {
  element.dispatchEvent(new CustomEvent("karakoram:shown", { bubbles: true }));
}
