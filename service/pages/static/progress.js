// Shows how far a task of an operator has come. Without it the page refreshes itself, and is read aloud each time.

const place = document.getElementById("progress");
const bar = place.querySelector("progress");

async function look() {
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.getElementById("progress");
  if (!now) {
    location.replace(location.href); // it is done, or stopped, or the session has ended
    return;
  }
  const value = now.querySelector("progress").value;
  const said = now.querySelector("#said").textContent;
  // Read aloud at each tenth: more often nobody could listen to anything else.
  if (Math.floor((10 * value) / bar.max) > Math.floor((10 * bar.value) / bar.max)) {
    place.querySelector("[role=status]").textContent = said;
  }
  bar.value = value;
  place.querySelector("#said").textContent = said;
  document.title = page.title;
  wait();
}

function wait() {
  // A server that does not answer now may do so the next time.
  setTimeout(() => look().catch(wait), 1000);
}

wait();
