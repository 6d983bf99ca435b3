/* Suggests job titles below the search box: the editable combobox with a listbox of the ARIA Authoring Practices
   (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this script the box is a plain input. */

// Long enough that fast typing asks once, short enough to seem at once.
const PAUSE_MS = 120;

class Combobox {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.options = [];
    this.listbox = document.createElement("ul");
    // Chromium lets Tab stop at what scrolls; the list is reached by the arrows alone.
    Object.assign(this.listbox, { id: `${input.id}-suggestions`, className: "suggestions", hidden: true, tabIndex: -1 });
    this.listbox.setAttribute("role", "listbox");
    this.listbox.setAttribute("aria-label", "Job titles");
    this.status = document.createElement("p");
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    input.after(this.listbox, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listbox.id,
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.ask(PAUSE_MS));
    input.addEventListener("keydown", event => this.press(event));
    input.addEventListener("blur", () => this.close());
    // The box keeps the focus while a suggestion is clicked.
    this.listbox.addEventListener("mousedown", event => event.preventDefault());
    this.listbox.addEventListener("click", event => {
      const option = event.target.closest("[role=option]");
      if (option) this.accept(option);
    });
  }

  get open() { return !this.listbox.hidden; }

  /* Ask for suggestions after a pause. A later question ends this one, so answers never come out of order. */
  ask(pause) {
    this.question?.abort();
    this.question = new AbortController();
    const { signal } = this.question;
    const timer = setTimeout(() => this.answer(this.input.value, signal), pause);
    signal.addEventListener("abort", () => clearTimeout(timer));
  }

  async answer(typed, signal) {
    if (!typed.trim()) return this.show([]);
    try {
      const response = await fetch(`${this.input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`, { signal });
      const titles = response.ok ? (await response.json()).results : [];
      if (!signal.aborted) this.show(titles);
    } catch (error) {
      // A question that was ended has a newer one; without a network the box still takes what is typed.
      if (!signal.aborted) this.show([]);
    }
  }

  show(titles) {
    this.options = titles.map((title, place) => this.option(title, place));
    this.listbox.replaceChildren(...this.options);
    this.activate(-1);
    this.expand(titles.length > 0);
    const number = titles.length === 1 ? "1 suggestion" : `${titles.length} suggestions`;
    this.status.textContent = this.input.value.trim() ? (titles.length ? number : "No suggestions") : "";
  }

  option({ title, occupations, people }, place) {
    const option = document.createElement("li");
    option.id = `${this.listbox.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.title = title;
    const name = document.createElement("span");
    name.textContent = title;
    const hint = document.createElement("span");
    hint.className = "hint";
    const named = occupations.length && occupations[0].title !== title ? [occupations[0].title] : [];
    const number = people === 1 ? ["1 person"] : people ? [`${people.toLocaleString("en")} people`] : [];
    hint.textContent = [...named, ...number].join(", ");
    option.append(name, " ", hint);
    return option;
  }

  press(event) {
    if (event.isComposing) return;
    const { key, altKey } = event;
    if (key === "ArrowDown" && !this.open) this.ask(0);
    else if (key === "ArrowUp" && altKey) this.close();
    else if (key === "ArrowDown" && this.open) this.move(1);
    else if (key === "ArrowUp" && this.open) this.move(-1);
    else if (key === "Enter" && this.open && this.active >= 0) this.accept(this.options[this.active]);
    else if (key === "Escape" && this.open) this.close();
    else {
      // Home, End and what is typed go on in the box, which the cursor returns to.
      if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) this.activate(-1);
      return;
    }
    event.preventDefault();
  }

  /* Go to the next suggestion or the one before; beyond each end lies the box itself. */
  move(step) {
    const places = this.options.length + 1;
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  activate(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  accept(option) {
    this.input.value = option.dataset.title;
    this.close();
    this.input.form.requestSubmit();
  }

  expand(open) {
    this.listbox.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    this.question?.abort();
    this.activate(-1);
    this.expand(false);
    this.status.textContent = "";
  }
}

document.querySelectorAll("input[data-suggestions]").forEach(input => new Combobox(input));
