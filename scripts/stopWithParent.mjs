// A signal to npm ends the shell between npm and us, and we hear nothing of it: stop when that shell has gone.
const CHECK_MS = 250;

if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS);
  check.unref();
}
