// Calls to the sandbox. A refusal becomes an Error with `status` and the sandbox's own sentence.

async function call(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json();
  if (!answer.ok) {
    const refusal = new Error(body.error || answer.statusText);
    refusal.status = answer.status;
    throw refusal;
  }
  return body;
}

export const get = (path) => call(path, { cache: "no-store" });

export const post = (path, body = {}) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const act = (user, what, body) => post(`/phones/${user}/${what}`, body);
