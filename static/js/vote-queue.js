/* A participant's answers on this phone, until the room has them.
 *
 * Each answer has a key of its own in localStorage, so tabs never overwrite each other's. It carries a counter, one
 * above the highest this browser knows of; tabs take turns at that through a Web Lock. (participant, counter) is the
 * answer's identity: sending twice changes nothing, so everything unsure is simply sent again.
 *
 * An entry: c counter (none: not numbered yet), v value (null: don't know), s kept | received | refused | failed,
 * t transaction, n the item, r why it was refused. What a person divides over items is one entry, a ballot: its cell is
 * "stage/all/criterion" and v its values by item. So it has one counter, goes in one request, and two tabs never mix theirs.
 */

const PATIENCE = 10000; // a request without an answer by then counts as lost
const TURN = 1500; // a tab that fell asleep on its turn is not waited for
const GATHER = 120; // what is tapped within this goes in one request
const PAUSES = [1000, 15000];
const MOST = 200;
const LATE = ["closed", "not_open_yet"];
const ALL = "all"; // stands for the item in the cell of a ballot

const memory = new Map();
const disk = {
  full: false,
  get: (key) => memory.get(key) ?? read(() => localStorage.getItem(key)),
  set(key, text) {
    memory.delete(key);
    try {
      localStorage.setItem(key, text);
    } catch {
      disk.full = true;
      memory.set(key, text);
    }
  },
  drop(key) {
    memory.delete(key);
    read(() => localStorage.removeItem(key));
  },
  keys: () => [...new Set([...(read(() => Object.keys(localStorage)) ?? []), ...memory.keys()])],
};

function read(get) {
  try {
    return get();
  } catch {
    return null; // storage is switched off
  }
}

const ballotOf = (stage, criterion) => `${stage}/${ALL}/${criterion}`;

/* [item, value] of an entry: of one, or of all that a ballot divides. */
const valuesOf = (item, value) => (item === ALL ? Object.entries(value) : [[item, value]]);

/* As many entries as go in one request; a ballot is never divided over two. */
function upToMost(entries) {
  let answers = 0;
  const fits = ([cell, { v }]) => (answers += valuesOf(cell.split("/")[1], v).length) <= MOST;
  const over = entries.findIndex((entry) => !fits(entry));
  return over < 0 ? entries : entries.slice(0, Math.max(over, 1));
}

export class Queue extends EventTarget {
  constructor(room, participant) {
    super();
    this.door = `/live/${room}/votes`;
    this.prefix = `vote:${room}:${participant}:`;
    this.participant = participant;
    this.pause = 0;
    this.trouble = "";
    this.top = 0;
  }

  get full() {
    return disk.full;
  }

  entry(cell) {
    return JSON.parse(disk.get(this.prefix + cell) ?? "null");
  }

  /* [cell, entry] of all that has this state. */
  all(state) {
    const cells = disk.keys().filter((key) => key.startsWith(this.prefix) && key.includes("/"));
    return cells.map((key) => key.slice(this.prefix.length)).map((cell) => [cell, this.entry(cell)])
      .filter(([, entry]) => entry?.s === state);
  }

  write(cell, entry) {
    disk.set(this.prefix + cell, JSON.stringify(entry));
  }

  /* The highest counter that this browser knows of; pages and receipts tell it of others. */
  highest(known = 0) {
    this.top = Math.max(this.top, known, Number(disk.get(`${this.prefix}highest`)) || 0);
    if (known) disk.set(`${this.prefix}highest`, String(this.top));
    return this.top;
  }

  /* Keep an answer and send it. Kept before it has its number, for that may have to wait for another tab: a page that
     goes away takes nothing with it. */
  answer(cell, value, title) {
    this.write(cell, { v: value, s: "kept", n: title });
    this.changed();
    this.soon();
  }

  /* The same for what is divided over several items: one answer, newer than every earlier one as a whole.
     `cells`: [cell, value] of every item of one criterion. */
  ballot(cells, title) {
    const [stage, , criterion] = cells[0][0].split("/");
    const values = Object.fromEntries(cells.map(([cell, value]) => [cell.split("/")[1], value]));
    this.answer(ballotOf(stage, criterion), values, title);
  }

  /* The entry of what was divided by this criterion, or null. */
  divided(stage, criterion) {
    return this.entry(ballotOf(stage, criterion));
  }

  unnumbered() {
    return this.all("kept").filter(([, entry]) => !entry.c);
  }

  number() {
    for (const [cell, entry] of this.unnumbered()) this.write(cell, { ...entry, c: this.highest(this.highest() + 1) });
  }

  /* Do this in turn with other tabs. Should two give out one number, the server's receipts put it right. */
  async locked(work) {
    if (!navigator.locks) return work();
    const aborter = new AbortController();
    const patience = setTimeout(() => aborter.abort(), TURN);
    const inTurn = () => {
      clearTimeout(patience);
      return work();
    };
    try {
      return await navigator.locks.request(this.prefix, { signal: aborter.signal }, inTurn);
    } catch (error) {
      if (!aborter.signal.aborted) throw error;
      return work();
    }
  }

  /* What came too late is offered again once its round is open again. */
  offerAgain(stage) {
    for (const [cell, entry] of this.all("refused")) {
      if (cell.startsWith(`${stage}/`)) this.write(cell, { ...entry, s: "kept" });
    }
    for (const [cell] of this.all("received")) if (!cell.startsWith(`${stage}/`)) disk.drop(this.prefix + cell);
    this.soon();
  }

  hasRefused(stage) {
    return this.all("refused").some(([cell]) => cell.startsWith(`${stage}/`));
  }

  /* This person took back, perhaps on another device, all answers up to this counter but those the server still has. */
  takeBack(stage, upTo, stored) {
    for (const [cell, { c }] of this.all("received")) {
      const [own, item, criterion] = cell.split("/");
      const same = ([key]) => key.split("/")[1] === criterion && (item === ALL || key.split("/")[0] === item);
      const stands = Math.max(0, ...Object.entries(stored).filter(same).map(([, [, counter]]) => counter));
      if (own === stage && c <= upTo && c > stands) disk.drop(this.prefix + cell);
    }
  }

  soon(wait = GATHER) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  /* Send all that is kept; resolves when it is settled, refused or put off. */
  send(leaving = false) {
    if (leaving) this.number();
    if (!this.sending || leaving) {
      this.sending = this.post().finally(() => (this.sending = null));
    }
    return this.sending;
  }

  async post() {
    clearTimeout(this.timer);
    for (;;) {
      if (this.unnumbered().length) await this.locked(() => this.number());
      const kept = this.all("kept");
      const stage = kept[0]?.[0].split("/")[0];
      const batch = upToMost(kept.filter(([cell]) => cell.startsWith(`${stage}/`)));
      if (!batch.length || this.trouble === "unknown") return;
      const wait = await this.deliver(Number(stage), batch);
      if (wait !== null) return this.soon(wait);
    }
  }

  /* One request. Gives null when it is settled, else how many ms to wait before the next try. */
  async deliver(stage, batch) {
    const aborter = new AbortController();
    const patience = setTimeout(() => aborter.abort(), PATIENCE);
    const answers = batch.flatMap(([cell, { c: counter, v }]) => {
      const [, only, criterion] = cell.split("/");
      return valuesOf(only, v).map(([item, value]) => ({ counter, item: Number(item), criterion, value }));
    });
    try {
      const response = await fetch(this.door, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Participant": this.participant },
        body: JSON.stringify({ stage, answers }),
        keepalive: true,
        signal: aborter.signal,
      });
      if (response.ok) {
        const receipts = await response.json();
        const stranger = receipts.receipts.some(({ reason }) => reason === "not_a_participant");
        if (!stranger) await this.locked(() => this.settle(stage, receipts));
        this.pause = 0;
        this.say(stranger ? "unknown" : "");
        return null;
      }
      if (response.status >= 500 || response.status === 429 || response.status === 408) {
        this.say("busy");
        return this.backOff(Number(response.headers.get("Retry-After")) * 1000);
      }
      if (response.status === 403) {
        const { error } = await response.json();
        if (error === "somebody_else") this.dispatchEvent(new Event("other"));
        this.say("unknown");
      } else {
        for (const [cell, { c }] of batch) {
          const entry = this.entry(cell);
          if (entry?.c === c) this.write(cell, { ...entry, s: "failed" }); // else changed meanwhile
        }
      }
      this.changed();
      return response.status === 403 ? this.backOff() : null;
    } catch {
      this.say("offline");
      return this.backOff();
    } finally {
      clearTimeout(patience);
    }
  }

  backOff(asked = 0) {
    this.pause = Math.min(this.pause * 2 || PAUSES[0], PAUSES[1]);
    return Math.max(asked, this.pause) * (0.75 + Math.random() / 2);
  }

  settle(stage, { receipts, highest, transaction }) {
    this.highest(highest);
    let stale = false;
    const gone = new Set();
    const ballots = new Map();
    for (const receipt of receipts) {
      const { counter, item, criterion, status, reason } = receipt;
      const ballot = ballotOf(stage, criterion);
      if (this.entry(ballot)) {
        ballots.set(ballot, [...(ballots.get(ballot) ?? []), receipt]);
        continue;
      }
      const cell = `${stage}/${item}/${criterion}`;
      const entry = this.entry(cell);
      if (entry?.c !== counter) continue; // changed meanwhile
      if (status === "stored") this.write(cell, { ...entry, s: "received", t: transaction });
      else if (status === "superseded") {
        disk.drop(this.prefix + cell);
        stale = true;
      } else if (reason === "counter_used") this.write(cell, { ...entry, c: this.highest(this.highest() + 1) });
      else if (reason === "withdrawn" || reason === "unknown_item") {
        disk.drop(this.prefix + cell);
        if (reason === "unknown_item") gone.add(entry.n);
        else stale = true;
      } else this.write(cell, { ...entry, s: LATE.includes(reason) ? "refused" : "failed" });
    }
    for (const [cell, of] of ballots) stale = this.settleBallot(cell, of, transaction) || stale;
    this.changed();
    if (stale) this.dispatchEvent(new Event("stale"));
    if (gone.size) this.dispatchEvent(new CustomEvent("gone", { detail: [...gone] }));
  }

  /* What became of a ballot, from the receipts of its cells: all of it stands, or none. Whether something newer does. */
  settleBallot(cell, receipts, transaction) {
    const entry = this.entry(cell);
    const own = receipts.filter(({ counter }) => counter === entry.c); // else changed meanwhile
    const missing = own.filter(({ reason }) => reason === "unknown_item").map(({ item }) => String(item));
    const left = own.filter(({ reason }) => reason !== "unknown_item");
    if (!own.length) return false;
    const v = Object.fromEntries(Object.entries(entry.v).filter(([item]) => !missing.includes(item)));
    const reasons = left.map(({ reason }) => reason ?? "");
    const newer = left.some(({ status }) => status === "superseded");
    if (!left.length || newer || reasons.includes("withdrawn")) {
      disk.drop(this.prefix + cell);
      return true;
    }
    if (reasons.includes("counter_used")) this.write(cell, { ...entry, v, c: this.highest(this.highest() + 1) });
    else if (left.every(({ status }) => status === "stored")) this.write(cell, { ...entry, v, s: "received", t: transaction });
    else {
      const r = reasons.find((reason) => reason && reason !== "incomplete_ballot") ?? "incomplete_ballot";
      this.write(cell, { ...entry, v, r, s: LATE.includes(r) ? "refused" : "failed" });
    }
    return false;
  }

  say(trouble) {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}
