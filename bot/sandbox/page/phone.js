// One phone: its chat with the bot, the writing field, the menu and what pops up.

import { act, get } from "./api.js";
import { markDays, messageNode } from "./message.js";

const TOAST_MS = 4000;
const NEAR_END_PX = 120;

const TEMPLATE = `
  <header class="phone-top">
    <span class="avatar" aria-hidden="true"></span>
    <div class="who"><h3></h3><p></p></div>
    <details class="more">
      <summary aria-label="Meer mogelijkheden">⋮</summary>
      <div class="more-list">
        <button type="button" data-act="send_photo">Stuur een foto</button>
        <button type="button" data-act="send_voice">Stuur een spraakbericht</button>
        <button type="button" data-act="block" class="block">Blokkeer de bot</button>
      </div>
    </details>
  </header>
  <ol class="chat" data-testid="chat" tabindex="0"></ol>
  <div class="toast" role="status" data-testid="toast" hidden></div>
  <div class="alert" role="alertdialog" aria-modal="false" data-testid="alert" hidden>
    <p></p><button type="button">Oké</button>
  </div>
  <div class="commands" data-testid="commands" hidden></div>
  <footer class="phone-end">
    <button type="button" class="start" data-testid="start-button"></button>
    <form class="composer">
      <button type="button" class="menu" data-testid="menu-button" aria-expanded="false">Menu</button>
      <label class="attach" title="Stuur een bestand"><span class="unseen">Stuur een bestand</span>
        <input type="file" data-testid="file-input"><span aria-hidden="true">+</span></label>
      <input class="typed" data-testid="composer-input" placeholder="Bericht" autocomplete="off" maxlength="4096">
      <button class="send" data-testid="composer-send" aria-label="Versturen">➤</button>
    </form>
  </footer>`;

export class Phone {
  // `around` offers what lies outside the phone: enlarge(url, alt), deepLink(payload) and trouble(sentence).
  constructor(info, around) {
    this.info = info;
    this.since = 0;
    this.answersSince = 0;
    this.node = document.createElement("article");
    this.node.className = "phone";
    this.node.dataset.testid = `phone-${info.id}`;
    this.node.setAttribute("aria-label", `Telefoon van ${info.name}`);
    this.node.innerHTML = TEMPLATE;
    this.find = (selector) => this.node.querySelector(selector);
    this.find(".typed").setAttribute("aria-label", `Bericht van ${info.name}`);
    this.find(".chat").setAttribute("aria-label", `Gesprek van ${info.name}`);
    this.around = around;
    this.on = {
      botName: info.bot.username,
      enlarge: around.enlarge,
      deepLink: around.deepLink,
      command: (text) => this.do("send", { text }),
      tap: (id, data, key) => this.tap(id, data, key),
    };
    this.listen();
    this.showInfo(info);
  }

  listen() {
    this.find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = this.find(".typed");
      if (typed.value.trim()) this.do("send", { text: typed.value });
      typed.value = "";
    });
    this.find(".start").addEventListener("click", () => this.pressStart());
    this.find(".menu").addEventListener("click", () => this.showCommands(this.find(".commands").hidden));
    this.find(".alert button").addEventListener("click", () => { this.find(".alert").hidden = true; });
    this.find(".attach input").addEventListener("change", (event) => this.sendFile(event.target));
    for (const button of this.node.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => {
        this.find(".more").open = false;
        this.do(button.dataset.act);
      });
    }
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.find(".more").open = false;
      this.showCommands(false);
    });
  }

  async do(what, body) {
    try {
      await act(this.info.id, what, body);
    } catch (error) {
      this.toast(error.status === 409 ? "Dat kan nu niet op deze telefoon." : "Dat lukte niet.");
    }
  }

  tap(id, data, key) {
    key.classList.add("pressed");
    setTimeout(() => key.classList.remove("pressed"), 600);
    return this.do("tap", { message_id: id, data });
  }

  pressStart() {
    const { blocked, link } = this.info;
    if (blocked) return this.do("unblock");
    return this.do("send", { text: link ? `/start ${link}` : "/start" });
  }

  async sendFile(input) {
    const [file] = input.files;
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    await this.do("send_document", { name: file.name, mime: file.type || "application/octet-stream", content_base64: btoa(binary) });
    input.value = "";
  }

  async refresh() {
    const shown = await get(`/phones/${this.info.id}/messages?since=${this.since}`);
    this.since = shown.last;
    this.showInfo(shown.phone);
    this.commands = shown.commands;
    this.find(".menu").hidden = !shown.commands.length;
    this.showMessages(shown);
    const answers = await get(`/phones/${this.info.id}/answers?since=${this.answersSince}`);
    const first = this.answersSince === 0;
    this.answersSince = Math.max(answers.last, 1);
    if (first) return;
    for (const answer of answers.answers) {
      if (answer.text && answer.show_alert) this.alert(answer.text);
      else if (answer.text) this.toast(answer.text);
    }
  }

  showInfo(info) {
    this.info = info;
    const idle = !info.started || info.blocked || info.link;
    this.find(".avatar").textContent = info.name.slice(0, 1);
    this.find("h3").textContent = info.name;
    this.find(".who p").textContent = [info.caption, info.blocked ? "bot geblokkeerd" : ""].filter(Boolean).join(" · ") || "gesprek met de bot";
    const start = this.find(".start");
    start.hidden = !idle || info.deactivated;
    start.textContent = info.blocked ? "Blokkering opheffen" : info.link ? "Open uitnodiging" : "Start";
    this.find(".composer").hidden = !info.started || info.blocked || info.deactivated;
    this.find(".block").hidden = info.blocked || !info.started;
    this.find(".more").hidden = !info.started || info.blocked;
  }

  showMessages({ messages, deleted }) {
    const chat = this.find(".chat");
    const follow = chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_END_PX;
    for (const id of deleted) chat.querySelector(`[data-id="${id}"]`)?.remove();
    for (const message of messages) {
      const fresh = messageNode(message, this.on);
      const old = chat.querySelector(`[data-id="${message.id}"]`);
      const focused = old?.contains(document.activeElement);
      if (old) old.replaceWith(fresh);
      else chat.append(fresh);
      if (focused) (fresh.querySelector(".key") || chat).focus({ preventScroll: true });
    }
    if (messages.length || deleted.length) markDays(chat);
    if (messages.length && follow) {
      chat.scrollTop = chat.scrollHeight;
      for (const image of chat.querySelectorAll("img")) {
        if (!image.complete) image.addEventListener("load", () => { chat.scrollTop = chat.scrollHeight; }, { once: true });
      }
    }
  }

  showCommands(open) {
    const list = this.find(".commands");
    list.hidden = !open;
    this.find(".menu").setAttribute("aria-expanded", String(open));
    if (!open) return;
    list.replaceChildren(...this.commands.map(({ command, description }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(`/${command}`, Object.assign(document.createElement("span"), { textContent: description }));
      button.addEventListener("click", () => {
        this.showCommands(false);
        this.do("send", { text: `/${command}` });
      });
      return button;
    }));
    list.querySelector("button")?.focus();
  }

  toast(text) {
    const toast = this.find(".toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toastEnds);
    this.toastEnds = setTimeout(() => { toast.hidden = true; }, TOAST_MS);
  }

  alert(text) {
    this.find(".alert p").textContent = text;
    this.find(".alert").hidden = false;
    this.find(".alert button").focus();
  }
}
