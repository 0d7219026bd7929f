// The sandbox clock in the top bar: it ticks by itself and jumps on request.

import { get, post } from "./api.js";

const face = new Intl.DateTimeFormat("nl-NL", {
  timeZone: "Europe/Amsterdam", weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
});
const moment = new Intl.DateTimeFormat("nl-NL", {
  timeZone: "Europe/Amsterdam", weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
});
const DAY_SECONDS = 86400;
const byId = (id) => document.getElementById(id);

let offset = 0;
let state = {};
let walking = false;
let trouble = "";

function draw() {
  const now = new Date(Date.now() + offset);
  const shown = byId("clock-now");
  shown.textContent = face.format(now);
  shown.dateTime = now.toISOString();
}

function hint() {
  if (trouble) return trouble;
  if (walking) return "Even geduld. De tijd loopt vooruit en de collega's antwoorden.";
  if (!state.announced_at) return "De bot is nog niet begonnen. Zodra hij er is, zie je hier het volgende moment.";
  if (!state.next) return "Er staat nu niets op de planning. Maak eerst een team of open een uitnodiging.";
  return `Volgend moment: ${moment.format(new Date(state.next))}.`;
}

function show() {
  draw();
  for (const key of document.querySelectorAll(".clock-keys button")) key.disabled = walking;
  byId("clock-next").disabled ||= !state.next;
  byId("clock-maandbeeld").disabled ||= !state.next;
  document.querySelector(".clock").setAttribute("aria-busy", String(walking));
  const line = hint();
  if (byId("hint").textContent !== line) byId("hint").textContent = line;
}

function take(clock) {
  state = clock;
  offset = Date.parse(clock.now) - Date.now();
  show();
}

export async function refreshClock() {
  take(await get("/clock"));
}

async function move(body) {
  walking = true;
  trouble = "";
  show();
  try {
    const clock = await post("/clock", body);
    if (body.to && !clock.moved) trouble = "Zover is de tijd nog niet gekomen. Probeer het nog eens.";
    take(clock);
  } catch {
    trouble = "De klok kon nu niet verder. Wacht even en probeer het nog eens.";
  } finally {
    walking = false;
    show();
  }
}

export function startClock() {
  byId("clock-next").addEventListener("click", () => move({ to: "next" }));
  byId("clock-day").addEventListener("click", () => move({ advance_seconds: DAY_SECONDS }));
  byId("clock-maandbeeld").addEventListener("click", () => move({ to: "maandbeeld" }));
  setInterval(draw, 1000);
  return refreshClock();
}
