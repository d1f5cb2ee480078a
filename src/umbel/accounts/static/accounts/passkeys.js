/* Passkeys. A button with data-passkey asks the browser for a key and sends the form it stands in:
   "create" makes one, "get" shows one, both with the options in the element named by data-options;
   "sign-in" shows any, with options fetched from the form's address. */

const { webauthnJSON } = window;

const CREATE = { residentKey: "required", requireResidentKey: true, userVerification: "required" };

async function ask(button) {
  if (button.dataset.passkey === "sign-in") {
    const answer = await fetch(button.form.action, { headers: { Accept: "application/json" } });
    return webauthnJSON.get((await answer.json()).request_options);
  }
  const told = JSON.parse(document.getElementById(button.dataset.options).textContent);
  if (button.dataset.passkey === "get") {
    return webauthnJSON.get(told.request_options);
  }
  Object.assign((told.creation_options.publicKey.authenticatorSelection ??= {}), CREATE);
  return webauthnJSON.create(told.creation_options);
}

function attach(button) {
  const trouble = button.form.querySelector("[data-passkey-trouble]");
  button.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      button.form.elements.credential.value = JSON.stringify(await ask(button));
      button.form.submit();
    } catch {
      trouble.textContent = trouble.dataset.passkeyTrouble;
      trouble.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey]").forEach(attach);
}
