// What is wrong with the page that is open: a list of sentences, empty for a good page.
() => {
  const root = document.documentElement;
  const found = [];

  if (root.scrollWidth > root.clientWidth) {
    const sticksOut = (each) => {
      const box = each.getBoundingClientRect();
      return box.width && (box.right > root.clientWidth + 1 || box.left < -1);
    };
    const wide = [...document.body.querySelectorAll("*")].filter(sticksOut);
    found.push(`wider than the screen: ${wide.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ")}`);
  }

  // Letters that the phone sets in the wrong font, and that a screen reader spells out, unless they are marked.
  const scripts = [["zh", /\p{Script=Han}/u], ["ur", /\p{Script=Arabic}/u]];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    if (text.parentElement.closest("script, style, noscript, textarea, code")) continue;
    const { lang } = text.parentElement.closest("[lang]");
    for (const [language, letters] of scripts) {
      if (letters.test(text.data) && lang.split("-")[0] !== language) {
        found.push(`${language} marked as ${lang}: ${text.data.trim().slice(0, 60)}`);
      }
    }
  }
  return found;
}
