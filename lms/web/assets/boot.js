// Applies what the reader has chosen before the page is painted. Classic script in the head: keep it tiny.
// "" means the ordinary state: no attribute. See js/settings.js for who writes these.
(function () {
  var root = document.documentElement;
  root.classList.add("has-scripts");
  ["theme", "pinyin", "text"].forEach(function (name) {
    try {
      var value = localStorage.getItem("karakoram." + name);
      if (value) root.setAttribute("data-" + name, value);
    } catch (refused) {
      // storage is switched off: the page is shown in its ordinary state
    }
  });
})();
