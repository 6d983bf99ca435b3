/* Shows the next answer in the place of the one before, where a plain link or form would load a whole page.

   It asks for the very address that the link or form names, and takes the parts out of the page that comes; so the
   address, the back button and a page without this script all show the same. */

const answer = () => document.getElementById("answer");
const form = document.getElementById("search");
const announcement = document.getElementById("announcement");
let asked = null;
// How far each answer of this page was scrolled when it was left, by its number in the history.
const scrolled = new Map();
let number = history.state?.number ?? 0;

/* Show the answer at `url`. `focus` says where the keyboard goes on: at the "heading" of the answer, or in the field or
   on the button where it is. */
async function show(url, { push = true, focus = "heading" } = {}) {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  answer().setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (signal.aborted) return;
    // Another kind of page, such as the start or an error: it is shown as a whole.
    if (!page.getElementById("answer") || response.redirected) return void location.assign(url);
    scrolled.set(number, scrollY);
    if (push) history.pushState({ number: number + 1 }, "", url);
    number = history.state?.number ?? 0;
    replace(page, focus);
    if (!push) scrollTo(0, scrolled.get(number) ?? 0);
  } catch (error) {
    // A newer question has ended this one; for any other trouble the browser has its own words.
    if (!signal.aborted) location.assign(url);
  }
}

function replace(page, focus) {
  const open = [...answer().querySelectorAll("details")].map(one => one.open);
  const focused = focus === "stay" && place(document.activeElement);
  document.title = page.title;
  for (const id of ["answer", "carried"]) document.getElementById(id)?.replaceWith(page.getElementById(id) ?? "");
  takeOver(page.getElementById("q"));
  // A drawer that was open stays open; facets come and go, so only that one has the same place again.
  const drawer = answer().querySelector("details");
  if (drawer && open.length) drawer.open = open[0];
  const heading = document.getElementById("found");
  const target = focused ? focused() : heading;
  target?.focus({ preventScroll: Boolean(focused) });
  announcement.textContent = [heading, document.getElementById("page-number")]
    .map(one => one?.textContent.trim()).filter(Boolean).join(", ");
}

/* The box of the search is not replaced: its suggestions belong to it. */
function takeOver(box) {
  const ours = document.getElementById("q");
  if (!ours || !box) return;
  ours.value = box.value;
  ours.required = box.required;
}

/* Return how to find again what has the focus in the next answer; what is gone leads to its heading. */
function place(element) {
  const { id, name, value } = element ?? {};
  if (id) return () => document.getElementById(id) ?? document.getElementById("found");
  if (!name) return null;
  return () => [...document.getElementsByName(name)].find(one => one.value === value) ?? document.getElementById("found");
}

function isPlainClick(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

if (answer() && announcement) {
  document.addEventListener("click", event => {
    const link = event.target.closest("#answer a[href]");
    if (!link || !isPlainClick(event)) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname || url.hash) return;
    event.preventDefault();
    show(url.href);
  });
  form?.addEventListener("submit", event => {
    const url = new URL(form.action);
    // As the browser itself would: what is empty is part of the address as well.
    url.search = new URLSearchParams(new FormData(form));
    event.preventDefault();
    show(url.href, { focus: event.submitter?.id === "apply" ? "stay" : "heading" });
  });
  addEventListener("popstate", () => {
    if (!location.hash) show(location.href, { push: false });
  });
}
