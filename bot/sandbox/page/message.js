// One message as a bubble, with its picture or document and its inline buttons.

import { richText, startPayload } from "./richtext.js";

const clock = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit" });

const day = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", weekday: "long", day: "numeric", month: "long" });

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function picture(file, caption, on) {
  const image = element("img", "picture");
  image.src = file.url;
  image.alt = caption || "Afbeelding";
  image.width = file.width;
  image.height = file.height;
  const button = element("button", "picture-button", image);
  button.type = "button";
  button.dataset.testid = "photo";
  button.setAttribute("aria-label", "Afbeelding vergroten");
  button.addEventListener("click", () => on.enlarge(file.url, image.alt));
  return button;
}

function attachment(file) {
  const link = element("a", "document", element("span", "document-icon", "▤"));
  link.append(element("span", "document-name", file.name, element("small", "", size(file.size))));
  link.lastChild.lastChild.before(" ");
  link.href = file.url;
  link.target = "_blank";
  link.rel = "noopener";
  link.dataset.testid = "document";
  return link;
}

function inlineButton(button, message, on) {
  const payload = button.url && startPayload(button.url, on.botName);
  if (button.url && !payload) {
    const link = element("a", "key", `${button.text} ↗`);
    link.href = button.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }
  const made = element("button", "key", button.text);
  made.type = "button";
  made.dataset.testid = "inline-button";
  if (button.data) made.dataset.data = button.data;
  made.addEventListener("click", () => (payload ? on.deepLink(payload) : on.tap(message.id, button.data, made)));
  return made;
}

export function messageNode(message, on) {
  const side = message.kind === "service" ? "service" : message.from_bot ? "from-bot" : "from-me";
  const row = element("li", `message ${side}`);
  row.dataset.testid = "message";
  row.dataset.id = message.id;
  row.dataset.day = day.format(new Date(message.date));
  const bubble = element("div", "bubble");
  if (message.kind === "photo") bubble.append(picture(message.file, message.text, on));
  if (message.kind === "document") bubble.append(attachment(message.file));
  if (message.kind === "voice") bubble.append(element("p", "text", "Spraakbericht"));
  if (message.text) {
    const text = element("p", "text");
    text.append(richText(message.text, message.entities, on));
    bubble.append(text);
  }
  const when = element("time", "when", `${message.edited ? "bewerkt " : ""}${clock.format(new Date(message.date))}`);
  when.dateTime = message.date;
  bubble.append(when);
  row.append(bubble);
  if (message.keyboard.length) {
    const keys = element("div", "keys");
    for (const line of message.keyboard) {
      keys.append(element("div", "keys-row", ...line.map((button) => inlineButton(button, message, on))));
    }
    row.append(keys);
  }
  return row;
}

// Puts a line with the date above the first message of each day.
export function markDays(chat) {
  for (const old of chat.querySelectorAll(".day")) old.remove();
  let shown = "";
  for (const row of chat.querySelectorAll(".message")) {
    if (row.dataset.day !== shown) row.before(element("li", "day", row.dataset.day));
    shown = row.dataset.day;
  }
}
