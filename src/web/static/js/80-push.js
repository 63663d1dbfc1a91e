// This browser is woken: asks the browser, and tells the site where to send to.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-push]');
  if (!button) return;
  const said = button.parentElement.querySelector('[role=status]');
  button.disabled = true;
  try {
    const worker = await navigator.serviceWorker.ready;
    if (await Notification.requestPermission() !== 'granted') throw 0;
    const raw = atob(button.dataset.push.replace(/-/g, '+').replace(/_/g, '/'));
    const key = Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
    const it = (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
    const csrf = document.querySelector('input[name=csrf]').value;
    const body = new URLSearchParams({ csrf, endpoint: it.endpoint, p256dh: it.keys.p256dh, auth: it.keys.auth });
    if (!(await fetch('/settings/notifications/push', { method: 'POST', body })).ok) throw 0;
    location.reload();
  } catch {
    said.textContent = button.dataset.refused;
    button.disabled = false;
  }
});
