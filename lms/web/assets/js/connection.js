// Says when the line is down.
export function watchConnection() {
  const banner = document.querySelector("[data-offline]");
  if (!banner) return;
  const show = () => {
    banner.hidden = navigator.onLine;
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}
