/* What every page can do with scripts. Other page files may use `window.karakoram`:
 *
 *   karakoram.post(url, data, options?) -> Promise<Response>
 *       Posts form data (an object, pairs, URLSearchParams, FormData or a form). Asks for sign-in over the
 *       page when the session is gone, renews a stale token, and sends again. Any answer of the server
 *       resolves. Rejects with an Error that has `offline: true` (no connection, or no answer in time) or
 *       `signedOut: true` (the person closed the dialog). options: {signal, keepalive, timeout (ms), headers}.
 *   karakoram.say(words, tone?)      a short message: "info" | "good" | "warn" | "bad"; read out too
 *   karakoram.replace(element, html) puts a fragment in place of an element that is in the page
 *   karakoram.words                  translated words that scripts show
 *
 * Attributes that pages may use without any script of their own:
 *   data-poll-url="…" data-poll-every="2"  replaced by the fragment at the URL until it no longer has data-poll-url
 *   data-swap="id"                         a form whose answer replaces #id instead of the page
 *   data-dialog="id"                       a button that opens the dialog with this id
 *   data-repeatable                        a form that may be sent twice
 *   data-autosubmit                        a form sent as soon as one of its fields changes
 * Event `karakoram:shown` on a new fragment after it was put into the page (bubbles).
 */
import { guardForms } from "./js/forms.js";
import { watchDialogs } from "./js/dialogs.js";
import { watchConnection } from "./js/connection.js";
import { watchPolls } from "./js/poll.js";
import { post } from "./js/post.js";
import { replace } from "./js/replace.js";
import { say, words } from "./js/say.js";
import { watchSettings } from "./js/settings.js";

window.karakoram = { post, say, replace, words };
watchSettings();
watchConnection();
watchDialogs();
guardForms();
watchPolls();
