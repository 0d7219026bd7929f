// The page: makes the phones, then waits for changes and shows them.

import { act, get } from "./api.js";
import { refreshClock, startClock } from "./clock.js";
import { Phone } from "./phone.js";

const phones = new Map();
const RETRY_MS = 1500;
const byId = (id) => document.getElementById(id);
const CLOCK_CHANGES = new Set(["clock", "announced"]);

const around = {
  enlarge(url, alt) {
    Object.assign(byId("enlarged-picture"), { src: url, alt });
    byId("enlarged").showModal();
  },
  deepLink(payload) {
    byId("chooser-list").replaceChildren(...[...phones.values()].map((phone) => {
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.append(phone.info.name, Object.assign(document.createElement("span"), { textContent: phone.info.caption }));
      button.addEventListener("click", () => {
        byId("chooser").close();
        phone.node.scrollIntoView({ block: "nearest" });
        act(phone.info.id, "send", { text: `/start ${payload}` }).catch(() => phone.toast("Dat kan nu niet op deze telefoon."));
      });
      line.append(button);
      return line;
    }));
    byId("chooser").showModal();
  },
};

async function showPhones() {
  const { phones: infos } = await get("/phones");
  for (const info of infos) {
    if (phones.has(info.id)) continue;
    const phone = new Phone(info, around);
    phones.set(info.id, phone);
    byId(info.auto ? "colleagues" : "phones").append(phone.node);
    await phone.refresh();
  }
  const colleagues = infos.filter((info) => info.auto).length;
  byId("strip").hidden = colleagues === 0;
  byId("strip-title").textContent = colleagues === 1 ? "Eén collega antwoordt vanzelf" : `${colleagues} collega's antwoorden vanzelf`;
}

async function take(events) {
  const touched = new Set(events.map((event) => event.chat_id).filter((id) => phones.has(id)));
  const everybody = events.some((event) => event.kind === "commands" && event.chat_id === 0);
  if (events.some((event) => event.kind === "phones" && !phones.has(event.chat_id))) await showPhones();
  if (events.some((event) => CLOCK_CHANGES.has(event.kind))) await refreshClock();
  await Promise.all((everybody ? [...phones.keys()] : [...touched]).map((id) => phones.get(id).refresh()));
}

async function follow(since) {
  for (;;) {
    try {
      const { last, events } = await get(`/events?since=${since}&timeout=25`);
      if (last < since) location.reload();
      await take(events);
      since = last;
    } catch {
      byId("hint").textContent = "De proeftuin antwoordt niet. Draait hij nog?";
      await new Promise((done) => { setTimeout(done, RETRY_MS); });
    }
  }
}

byId("enlarged").addEventListener("click", (event) => {
  if (event.target === byId("enlarged")) byId("enlarged").close();
});

const { last } = await get("/phones");
await startClock();
await showPhones();
follow(last);
