// The container's health check: the relay says itself whether it can serve.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT || 1580}/readyz`).catch((error) => ({
  ok: false,
  text: async () => String(error.cause ?? error),
}));
if (!answer.ok) {
  console.error(await answer.text());
  process.exitCode = 1;
}
