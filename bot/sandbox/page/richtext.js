// Text with Telegram's entities as DOM nodes. Only text nodes and known elements are made, never HTML from text.

const ELEMENTS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code",
  spoiler: "span", blockquote: "span", expandable_blockquote: "span",
};
const START_LINK = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)\?start=([A-Za-z0-9_-]{1,64})$/;

// The payload of a deep link to this bot, also when it sits inside a t.me share link; otherwise null.
export function startPayload(address, botName) {
  const found = START_LINK.exec(address);
  if (found) return found[1].toLowerCase() === botName.toLowerCase() ? found[2] : null;
  const shared = /^https?:\/\/t\.me\/share\/url\?(.*)$/.exec(address);
  const inner = shared && new URLSearchParams(shared[1]).get("url");
  return inner && !inner.includes("/share/") ? startPayload(inner, botName) : null;
}

function pressable(className, label, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.append(label);
  button.addEventListener("click", press);
  return button;
}

function wrap(node, entity, text, on) {
  const shown = text.slice(entity.offset, entity.offset + entity.length);
  if (entity.type === "url" || entity.type === "text_link") {
    const address = entity.url || shown;
    const payload = startPayload(address, on.botName);
    if (payload) {
      const link = pressable("link", node, () => on.deepLink(payload));
      link.dataset.testid = "deeplink";
      return link;
    }
    const anchor = document.createElement("a");
    anchor.href = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
    if (!/^(https?|tg):$/.test(anchor.protocol)) return node;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.append(node);
    return anchor;
  }
  if (entity.type === "bot_command") {
    return pressable("link", node, () => on.command(shown));
  }
  const element = document.createElement(ELEMENTS[entity.type] || "span");
  element.className = `e-${entity.type}`;
  element.append(node);
  return element;
}

export function richText(text, entities, on) {
  const whole = document.createDocumentFragment();
  const cuts = new Set([0, text.length]);
  for (const entity of entities) {
    cuts.add(entity.offset);
    cuts.add(entity.offset + entity.length);
  }
  const places = [...cuts].filter((place) => place <= text.length).sort((a, b) => a - b);
  for (let i = 0; i + 1 < places.length; i += 1) {
    let node = document.createTextNode(text.slice(places[i], places[i + 1]));
    const around = entities.filter((e) => e.offset <= places[i] && places[i + 1] <= e.offset + e.length);
    for (const entity of around.reverse()) node = wrap(node, entity, text, on);
    whole.append(node);
  }
  return whole;
}
