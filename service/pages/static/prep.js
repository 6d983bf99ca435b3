/* What the page that prepares a chat can do beyond its forms: copy, count words, move questions, and write the
   answers about oneself into the texts while they are typed. Nothing is kept, and nothing is sent but to the page's own
   forms: those answers, which make the texts, and the agenda for the calendar. */

const told = document.getElementById("told");

function tell(words) {
  // The same words again are read out only after others.
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = words; });
}

/* Copying */

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.dataset.label ??= button.textContent;
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
    tell("Copied");
    setTimeout(() => { button.textContent = label; }, 2000);
  } catch {
    // Without a secure connection, or leave to write: it is there to be copied by hand.
    field.focus();
    field.select();
    tell("The text is selected. Copy it with your keyboard.");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

/* The mail program gets the texts as they stand. */

for (const link of document.querySelectorAll("[data-mail]")) {
  link.addEventListener("click", () => {
    const [subject, message] = ["subject", "message"].map(part => document.getElementById(`${link.dataset.mail}-${part}`).value);
    link.href = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(message.replace(/\r?\n/g, "\r\n"))}`;
  });
}

/* Words of the ask */

const message = document.getElementById("ask-message");
const words = document.getElementById("words");

function count() {
  const number = message.value.split(/\s+/).filter(Boolean).length;
  const { most } = words.dataset;
  words.textContent = `${number} words; ${most} are plenty.${number > most ? " Shorten it a little." : ""}`;
}

message.addEventListener("input", count);

/* Questions */

const questions = document.getElementById("questions");

function number() {
  [...questions.children].forEach((item, place, all) => {
    item.querySelector(".choose .unseen").textContent = `Ask question ${place + 1}`;
    item.querySelector("label.unseen").textContent = `Question ${place + 1}`;
    const [up, down] = item.querySelectorAll("button");
    up.ariaLabel = `Move question ${place + 1} up`;
    down.ariaLabel = `Move question ${place + 1} down`;
    up.ariaDisabled = String(place === 0);
    down.ariaDisabled = String(place === all.length - 1);
  });
}

function move(item, by, button) {
  const places = [...questions.children];
  const place = places.indexOf(item) + by;
  if (place < 0 || place >= places.length) return;
  if (by < 0) places[place].before(item);
  else places[place].after(item);
  number();
  // It lost the focus as it was moved.
  button.focus();
  tell(`Now question ${place + 1} of ${places.length}`);
}

for (const item of questions.children) {
  const moves = document.createElement("span");
  moves.className = "moves";
  for (const [sign, by] of [["↑", -1], ["↓", 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = sign;
    button.addEventListener("click", () => move(item, by, button));
    moves.append(button);
  }
  item.append(moves);
}
number();

/* The seeker in one sentence */

const form = document.getElementById("focus");
let asked = null;
let waiting = 0;

// Seen and read out alike: whoever pressed the button wants to know what came of it.
const note = document.createElement("p");
note.className = "hint";
note.setAttribute("role", "status");
form.append(note);

/* Write the answers into the texts that have not been changed by hand. */
async function write() {
  clearTimeout(waiting);
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal });
    if (!response.ok) return void form.submit();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const kept = ["statement", "ask-message"].filter(id => !renew(document.getElementById(id), page.getElementById(id).defaultValue));
    document.getElementById("statement").parentElement.classList.toggle("empty", !page.getElementById("statement").value);
    count();
    note.textContent = kept.includes("ask-message") ? "You have changed the ask yourself, so it stays as it is. Copy from the sentence below what you need." : "The sentence and the ask have changed.";
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

/* Return whether `field` takes the new text: not if it was changed by hand. */
function renew(field, text) {
  const untouched = field.value === field.defaultValue;
  if (untouched) field.value = text;
  field.defaultValue = text;
  if (!untouched) changed.add(field);
  return untouched;
}

/* What was changed by hand is kept nowhere else: the browser asks before it is left behind. */

const changed = new Set();

document.querySelector("main").addEventListener("input", event => {
  if (event.target.matches("textarea")) changed.add(event.target);
});
addEventListener("beforeunload", event => {
  if (changed.size && !leavingToDownload) event.preventDefault();
});

/* The calendar has the length of the agenda. */

let leavingToDownload = false;
for (const choice of document.querySelectorAll("[name=length]")) {
  choice.addEventListener("change", () => { document.getElementById("minutes").value = choice.value; });
}
document.getElementById("minutes").form.addEventListener("submit", () => {
  leavingToDownload = true;
  setTimeout(() => { leavingToDownload = false; }, 1000);
});

form.addEventListener("submit", event => {
  event.preventDefault();
  write();
});
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(write, 400);
});
