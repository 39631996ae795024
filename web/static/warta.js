// What JavaScript adds to pages that work without it. Text from the server only ever becomes
// textContent.

const field = document.querySelector("#q");
const say = speaker();

if (field) {
  focusOnSlash(field);
  suggest(field);
  trimAddress(field);
}
submitFilters();
goAlongRows();
switchTheme();
copyLink();

/** A line for screen readers alone: what is said changes without the focus. */
function speaker() {
  const line = document.createElement("div");
  line.className = "visually-hidden";
  line.setAttribute("role", "status");
  document.body.append(line);
  return (text) => (line.textContent = text);
}

/** "/" anywhere outside a field moves to the search field. */
function focusOnSlash(input) {
  input.parentElement.querySelector(".search-key")?.classList.add("ready");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** The search field becomes an ARIA combobox with a list of completions. */
function suggest(input) {
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  input.form.append(list);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    input.setAttribute(name, value);
  }

  let typed = input.value;
  let active = -1;
  let timer = 0;
  let request = new AbortController();

  const close = () => {
    clearTimeout(timer);
    request.abort();
    list.hidden = true;
    active = -1;
    say("");
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const activate = (position) => {
    active = position;
    [...list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === active));
    });
    const option = list.children[active];
    input.value = option ? option.dataset.text : typed;
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const kinds = { headline: input.dataset.headlineLabel, value: input.dataset.valueLabel };

  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ text, kind }, index) => {
        const option = document.createElement("li");
        option.id = `suggestion-${index}`;
        option.className = `suggestion-${kind}`;
        option.dataset.text = text;
        const words = document.createElement("span");
        words.dir = "auto";
        words.lang = "id";
        words.textContent = text;
        option.append(words);
        if (kinds[kind]) {
          // What it is stands behind it, for eyes and for screen readers alike.
          const label = document.createElement("small");
          label.textContent = kinds[kind];
          option.append(" ", label);
        }
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        return option;
      }),
    );
    active = -1;
    list.hidden = suggestions.length === 0;
    say(list.hidden ? "" : `${input.dataset.suggestLabel}: ${suggestions.length}`);
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: typed, limit: 8 })}`;
      const answer = await fetch(address, { signal });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      if (!signal.aborted) show(suggestions);
    } catch (error) {
      // An older question was aborted, or the server is away: typing goes on without completions.
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    if (typed.trim().length < 2) return close();
    timer = setTimeout(ask, 120);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count) {
      event.preventDefault();
      activate(-1);
      close();
    } else if (event.key === "ArrowDown" && count) {
      event.preventDefault();
      activate(active + 1 < count ? active + 1 : -1);
    } else if (event.key === "ArrowUp" && count) {
      event.preventDefault();
      activate(active < 0 ? count - 1 : active - 1);
    }
  });

  // The field must not lose the focus before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    input.value = option.dataset.text;
    close();
    input.form.requestSubmit();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
}

/** Where filters stand beside the results, a ticked box is applied at once and keeps the focus. */
function submitFilters() {
  const filters = document.querySelector(".filters");
  if (!filters) return;
  const beside = matchMedia("(min-width: 62rem)");

  const remembered = "warta-focus";
  const key = (box) => `${box.name}=${box.value}`;

  // A browser that keeps nothing for the site throws: then only the focus is lost.
  let last = null;
  try {
    last = sessionStorage.getItem(remembered);
    sessionStorage.removeItem(remembered);
  } catch {}
  const box = [...filters.querySelectorAll("input[type=checkbox]")].find(
    (candidate) => key(candidate) === last,
  );
  box?.focus({ preventScroll: true });

  filters.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox" || !beside.matches) return;
    try {
      sessionStorage.setItem(remembered, key(target));
    } catch {}
    target.form.requestSubmit();
  });
}

/** A row of links is one stop of the Tab key: arrows go along it, Delete takes off what has a cross. */
function goAlongRows() {
  for (const row of document.querySelectorAll("[data-row]")) {
    const links = [...row.querySelectorAll("a")];
    if (links.length < 2) continue;
    const stopAt = (here) => links.forEach((link) => (link.tabIndex = link === here ? 0 : -1));
    stopAt(links[0]);
    row.addEventListener("focusin", ({ target }) => stopAt(target));
    row.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const here = links.indexOf(event.target);
      const aim = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: links.length - 1 }[event.key];
      if (aim !== undefined) {
        event.preventDefault();
        links[(aim + links.length) % links.length].focus();
      } else if (event.key === "Delete" && event.target.matches(".chip")) event.target.click();
    });
  }
}

/** What a search does not need in its address: empty fields, and correct=off for other words. */
function trimAddress(input) {
  input.form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) {
      if (value === "") formData.delete(name);
    }
    if (formData.get("q") !== input.defaultValue) formData.delete("correct");
  });
}

/** The chosen theme is a cookie, so that the server can send the page in it from the start. */
function switchTheme() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : device.matches);
  const name = () => {
    const label = dark() ? button.dataset.labelLight : button.dataset.labelDark;
    button.setAttribute("aria-label", label);
    button.title = label;
  };
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    const secure = location.protocol === "https:" ? ";Secure" : "";
    document.cookie = `theme=${root.dataset.theme};Path=/;Max-Age=31536000;SameSite=Lax${secure}`;
    name();
  });
  device.addEventListener("change", name);
  name();
  button.hidden = false;
}

/** Copies the article's own address, without the search that led to it. */
function copyLink() {
  const button = document.querySelector("[data-copy-link]");
  if (!button || !navigator.clipboard) return;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copyLink, location.href).href);
    button.textContent = button.dataset.copied;
    say(button.dataset.copied);
  });
  button.hidden = false;
}
