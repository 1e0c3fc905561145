// The token that proves a form is ours; one per page, renewed after a new sign-in.
const meta = document.querySelector('meta[name="csrf-token"]');

export function token() {
  return meta ? meta.content : "";
}

export function setToken(value) {
  if (!value) return;
  if (meta) meta.content = value;
  document.querySelectorAll('input[name="csrf_token"]').forEach((input) => {
    input.value = value;
  });
}
