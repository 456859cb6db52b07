// Keeps a page of the panel up to date, and makes it handy by keyboard. The pages work without it.
//
// The server says that something changed; what changed is taken out of the page itself, loaded again. It is parsed as a
// document by XMLHttpRequest, which runs no script of it and needs no string to become HTML here.
"use strict";
{
  /** The shortest time between two looks, and between two announcements to screen readers, in milliseconds. */
  const REFRESH = 500;
  const ANNOUNCE = 4000;
  /** How often to look without being told: of several collectors on one database, each tells its own violations only. */
  const POLL = 15000;
  /** How long after a failure the server is asked again, and how often relative times are written anew. */
  const RETRY = 3000;
  const TICK = 5000;

  const root = new URL(".", document.currentScript.src);
  const find = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // Live.

  const button = find("#live");
  let paused = false;
  let isStale = false;
  let pending = 0;
  let looked = 0;
  let announcement = 0;
  let source;

  const show = (state, text) => {
    if (paused && state !== "paused") return;
    button.dataset.liveState = state;
    button.textContent = text;
  };

  function listen() {
    source = new EventSource(new URL("events", root));
    source.onopen = () => {
      show("live", "Live");
      refresh();
    };
    source.addEventListener("change", refresh);
    source.onerror = () => {
      show("lost", "Reconnecting…");
      // A browser tries again by itself unless it was answered with an error.
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY);
    };
  }

  /** Looks again, soon; once more where something changed while it looked. */
  function refresh() {
    isStale = true;
    if (pending || paused || document.hidden) return;
    pending = setTimeout(() => {
      isStale = false;
      looked = Date.now();
      const request = new XMLHttpRequest();
      request.open("GET", location.href);
      request.responseType = "document";
      request.onload = () => {
        if (!paused && request.status === 200 && request.response) update(request.response);
      };
      request.onloadend = () => {
        pending = 0;
        if (isStale) refresh();
      };
      request.send();
    }, Math.max(20, looked + REFRESH - Date.now()));
  }

  /** Takes over what is marked as live; what has the same version stays, and with it what people have selected. */
  function update(page) {
    for (const fresh of all("[data-live]", page)) {
      const old = document.getElementById(fresh.id);
      if (!old) {
        // The page has another shape now, such as the first row where there was none.
        location.reload();
        return;
      }
      if (old.dataset.live === "rows" && fresh.dataset.live === "rows") updateRows(old, fresh);
      else if (old.role === "status") announce(old, fresh.textContent);
      else if (old.dataset.version !== fresh.dataset.version) keepFocus(() => old.replaceWith(document.adoptNode(fresh)));
    }
    tick();
  }

  function updateRows(list, page) {
    keepFocus(() => {
      const rows = [...page.children].map((fresh) => {
        const old = document.getElementById(fresh.id);
        if (old && old.dataset.version === fresh.dataset.version) return old;
        fresh.classList.add("is-new");
        return document.adoptNode(fresh);
      });
      list.replaceChildren(...rows);
    });
  }

  function keepFocus(change) {
    const focused = document.activeElement;
    const id = focused?.id;
    change();
    if (id && focused !== document.activeElement) document.getElementById(id)?.focus({ preventScroll: true });
  }

  /** A screen reader that is told of each change says nothing else any more. */
  function announce(status, text) {
    clearTimeout(announcement);
    const wait = Math.max(0, (status.announced || 0) + ANNOUNCE - Date.now());
    announcement = setTimeout(() => {
      if (status.textContent === text) return;
      status.announced = Date.now();
      status.textContent = text;
    }, wait);
  }

  button.hidden = false;
  button.onclick = () => {
    paused = !paused;
    button.setAttribute("aria-pressed", paused);
    show(paused ? "paused" : "live", paused ? "Paused" : "Live");
    refresh();
  };
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, POLL);
  listen();

  // Times.

  const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

  function tick() {
    for (const time of all("time[data-relative]")) {
      const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time.dateTime)) / 1000));
      const [unit, length] = UNITS.find(([, length]) => seconds >= length) || UNITS[3];
      time.textContent = seconds < 1 ? "now" : `${Math.floor(seconds / length)} ${unit} ago`;
    }
  }
  setInterval(tick, TICK);

  // Rows by keyboard, filters without a button, copies.

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const links = all(".row a.url");
    const here = links.indexOf(document.activeElement);
    // Arrows scroll as ever until a row has been chosen.
    if (!step || !links.length || (here < 0 && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    links[Math.min(Math.max(here + step, 0), links.length - 1)].focus();
  });

  const filters = find("#filters");
  filters?.addEventListener("change", (event) => {
    if (event.target.type !== "search") filters.requestSubmit();
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    const text = document.getElementById(copy.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
      copy.textContent = "Copied";
    } catch {
      // Only pages over https, or of this machine, may write there.
      getSelection().selectAllChildren(text);
      copy.textContent = "Selected";
    }
    setTimeout(() => { copy.textContent = "Copy"; }, 2000);
  });
  for (const copy of all("[data-copy]")) copy.hidden = false;
}
